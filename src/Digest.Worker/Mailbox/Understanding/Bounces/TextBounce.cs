using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>A bounce without a report: the recipients and causes read from a server's prose.</summary>
internal static class TextBounce
{
    private static readonly PhraseList DelaySigns = new(WordTable.Load("bounce-delays").Entries);

    public static IReadOnlyList<BouncedRecipient> Read(InboundMail mail, string text)
    {
        var delayed = DelaySigns.IsIn(PhraseList.Flatten($"{mail.Subject}\n{text}"));
        var found = BouncedAddresses.Find(text, mail);
        if (found.Count == 0)
            found = [.. Elsewhere(mail).Select(address => (address, text))];
        if (found.Count == 1)
            found = [(found[0].Address, text)];
        if (found.Count == 0)
            return [Judge(null, text, delayed)];
        return [.. found.Select(entry => JudgeWith(mail.Subject, entry.Address, entry.Context, delayed))];
    }

    /// <summary>The subject is asked only where the text does not say why: it is mostly a frame ("mail system error").</summary>
    private static BouncedRecipient JudgeWith(string subject, string address, string context, bool delayed) =>
        Judge(address, context, delayed) is { Reason: not SeverityJudge.Unsaid } judged ? judged : Judge(address, $"{context}\n{subject}", delayed);

    private static IReadOnlyList<string> Elsewhere(InboundMail mail) =>
        BouncedAddresses.InHeaders(mail) is { Count: > 0 } named ? named : ReturnedMail.Recipients(mail);

    /// <summary>What the refusing server said stands from its reply code on; what stands before is the reporting server's boilerplate.</summary>
    private static string ServersWords(string context)
    {
        if (StatusCode.ReplyAt(context) is not (>= 0 and var at))
            return "";
        var words = context[at..Math.Min(context.Length, at + 400)];
        foreach (var end in new[] { "\n\n", "\nGiving up on", "\n<" })
            if (words.IndexOf(end, StringComparison.Ordinal) is > 0 and var cut)
                words = words[..cut];
        return words;
    }

    private static BouncedRecipient Judge(string? address, string context, bool delayed)
    {
        var failed = ReportBounce.Failed(address, new FailureEvidence(null, ServersWords(context), context));
        return delayed ? failed with { Action = DeliveryAction.Delayed, Severity = Severity.Soft } : failed;
    }
}
