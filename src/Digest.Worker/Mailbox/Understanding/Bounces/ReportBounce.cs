using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>The recipients of a delivery report, each judged.</summary>
internal static class ReportBounce
{
    public static IReadOnlyList<BouncedRecipient> Read(InboundMail mail, DeliveryReport report)
    {
        var text = BounceText.Read(mail);
        var spoken = BouncedAddresses.Find(text, mail);
        return [.. report.Recipients.Select(recipient => Judge(recipient, Context(recipient, report, text, spoken)))];
    }

    public static BouncedRecipient Failed(string? address, FailureEvidence evidence)
    {
        var ((severity, reason), status) = SeverityJudge.Judge(evidence);
        return new BouncedRecipient { Address = address, Action = DeliveryAction.Failed, Severity = severity, Status = status, Reason = reason, Diagnostic = Short(evidence) };
    }

    private static BouncedRecipient Judge(ReportedRecipient recipient, string context)
    {
        var failed = Failed(recipient.Address, new FailureEvidence(recipient.Status, recipient.Diagnostic, context) { IsReport = true });
        return recipient.Action switch
        {
            DeliveryAction.Failed => failed,
            DeliveryAction.Delayed => failed with { Action = DeliveryAction.Delayed, Severity = Severity.Soft },
            var other => new BouncedRecipient { Address = recipient.Address, Action = other, Status = recipient.Status, Reason = "success", Diagnostic = recipient.Diagnostic },
        };
    }

    private static string Context(ReportedRecipient recipient, DeliveryReport report, string text, IReadOnlyList<(string Address, string Context)> spoken)
    {
        if (report.Recipients.Count == 1)
            return text;
        return spoken.FirstOrDefault(found => found.Address.Equals(recipient.Address, StringComparison.OrdinalIgnoreCase)).Context ?? "";
    }

    private static string Short(FailureEvidence evidence)
    {
        var words = HeaderFields.OneLine(evidence.Diagnostic.Length > 0 ? evidence.Diagnostic : evidence.Context);
        return words.Length > 300 ? words[..300] : words;
    }
}
