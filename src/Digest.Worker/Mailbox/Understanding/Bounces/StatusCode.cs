using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>Enhanced status codes (RFC 3463) in what servers write.</summary>
internal static partial class StatusCode
{
    /// <summary>The most telling code of a text: the first that says more than <c>x.0.0</c>, else the first.</summary>
    public static string? Find(string text)
    {
        string? vague = null;
        foreach (Match match in Pattern().Matches(text))
        {
            if (!IsVague(match.Value))
                return match.Value;
            vague ??= match.Value;
        }
        return vague;
    }

    /// <summary>The better of what the diagnostic and the Status field say.</summary>
    public static string? Choose(string? field, string? diagnostic) => diagnostic is null || (IsVague(diagnostic) && field is not null) ? field ?? diagnostic : diagnostic;

    /// <summary>The first SMTP reply code of a text (RFC 5321, 4.2), or null.</summary>
    public static string? Reply(string text) => ReplyPattern().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Where the first refusing reply code stands, or -1.</summary>
    public static int ReplyAt(string text) => RefusalPattern().Match(text) is { Success: true } match ? match.Index : -1;

    /// <summary>True for a code that says no more than that it failed, and for none.</summary>
    public static bool IsVague(string? code) => code is null or "5.1.0" || code.EndsWith(".0.0", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d]|\.\d)", RegexOptions.None, 500)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"(?<![\d.@#-])([245][0-7]\d)(?=[ :;'-])", RegexOptions.None, 500)]
    private static partial Regex ReplyPattern();

    [GeneratedRegex(@"(?<![\d.@#/:-])[45][0-5]\d(?=[ -])(?! ?[A-Za-z]+ \d)", RegexOptions.None, 500)]
    private static partial Regex RefusalPattern();
}
