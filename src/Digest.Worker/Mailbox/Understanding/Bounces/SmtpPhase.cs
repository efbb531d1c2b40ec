using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>At which command of the SMTP session the server refused.</summary>
internal enum SmtpPhase
{
    Unknown,
    Connect,
    Mail,
    Recipient,
    Data,
}

/// <summary>Reads the command that was refused from the words of the reporting server.</summary>
internal static partial class SmtpPhases
{
    public static SmtpPhase Find(string text)
    {
        if (Said().Matches(text) is { Count: > 0 } said)
            return Named(said[^1].Groups[1].Value);
        var phase = InTranscript(text);
        // With pipelining (RFC 2920) DATA is sent before the answer to RCPT is read: the complaint that recipients are missing gives it away.
        return phase == SmtpPhase.Data && NoRecipients().IsMatch(text) ? SmtpPhase.Recipient : phase;
    }

    /// <summary>In a transcript the last command before a refusal is the refused one (Sendmail's ">>> RCPT" and "&lt;&lt;&lt; 550").</summary>
    private static SmtpPhase InTranscript(string text)
    {
        var phase = SmtpPhase.Unknown;
        foreach (Match match in Transcript().Matches(text))
        {
            if (match.Groups[1].Success)
                phase = Named(match.Groups[1].Value);
            else if (phase != SmtpPhase.Unknown)
                return phase;
        }
        return SmtpPhase.Unknown;
    }

    private static SmtpPhase Named(string command) => command.ToUpperInvariant() switch
    {
        var name when name.StartsWith("RCPT", StringComparison.Ordinal) || name.Contains("RECIPIENT", StringComparison.Ordinal) => SmtpPhase.Recipient,
        var name when name.Contains("DATA", StringComparison.Ordinal) || name.StartsWith("BDAT", StringComparison.Ordinal) || name.Contains("MESSAGE", StringComparison.Ordinal) => SmtpPhase.Data,
        var name when name.StartsWith("MAIL", StringComparison.Ordinal) || name.Contains("SENDER", StringComparison.Ordinal) => SmtpPhase.Mail,
        var name when name.Contains("CONN", StringComparison.Ordinal) || name.Contains("HELO", StringComparison.Ordinal) || name.Contains("EHLO", StringComparison.Ordinal) => SmtpPhase.Connect,
        _ => SmtpPhase.Unknown,
    };

    [GeneratedRegex(@"(?:in reply to(?: the)?|error from remote (?:mail )?(?:server|mailer) after|did not like our(?: final)?|SMTP command|SMTP:|does not like|failed after I sent the|\[(?=(?:RCPT|MAIL)_))\s{0,2}(end of DATA|end of data|RCPT|MAIL|DATA|BDAT|HELO|EHLO|initial connection|CONN|recipient|sender|message)(?![a-z])", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Said();

    [GeneratedRegex(@"<<< (?:503|554)[^\n]{0,60}(?:need rcpt|no valid recipients|no recipients|valid rcpt)", RegexOptions.IgnoreCase, 500)]
    private static partial Regex NoRecipients();

    [GeneratedRegex(@"^[ \t>]{0,4}>>> {0,2}(RCPT|MAIL|DATA|BDAT|HELO|EHLO|QUIT|\.)|^[ \t>]{0,4}<<< {0,2}[45]\d\d", RegexOptions.Multiline | RegexOptions.IgnoreCase, 500)]
    private static partial Regex Transcript();
}
