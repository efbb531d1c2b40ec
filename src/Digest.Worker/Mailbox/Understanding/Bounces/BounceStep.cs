using Digest.Worker.Mailbox.Understanding.Complaints;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>Delivery status notifications (RFC 3464) and the many that are none. Only a failure is a failure: the rest is recorded.</summary>
internal sealed class BounceStep : IUnderstandingStep
{
    public Explanation? TryExplain(InboundMail mail)
    {
        if (DeliveryReport.Find(mail) is { } report)
            return FromReport(mail, report);
        if (ProviderNotice.Find(mail) is { } notice)
            return FromNotice(notice);
        var text = BounceText.Read(mail);
        if (!BounceSigns.Suffice(mail, text))
            return null;
        return DeliveryReport.FindInside(mail) is { } inside && FromReport(mail, inside) is { } explanation ? explanation : Bounce("a server's words", TextBounce.Read(mail, text));
    }

    private static Explanation? FromReport(InboundMail mail, DeliveryReport report)
    {
        var recipients = ReportBounce.Read(mail, report);
        if (recipients.Count == 0)
            return Bounce("delivery report that names nobody", []);
        if (recipients.Any(recipient => recipient.Action is DeliveryAction.Failed or DeliveryAction.Delayed))
            return Bounce("delivery report", recipients);
        // Some vacation programs wrap their answer in a report that says "delivered": that is for the machine step.
        return mail.First("Auto-Submitted")?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true && !recipients.Any(recipient => recipient.Action == DeliveryAction.Expanded)
            ? null
            : new Explanation { Kind = InboundKind.Other, Decision = "bounce: a report of success", Recipients = recipients };
    }

    private static Explanation FromNotice(ProviderNotice notice) => notice.Kind == "bounce"
        ? Bounce("provider's bounce notice", [.. notice.Failures.Select(failure => Judged(failure.Address, new FailureEvidence(failure.Status, failure.Diagnostic, "")))])
        : new Explanation { Kind = InboundKind.Other, Decision = "bounce: a notice of success" };

    private static BouncedRecipient Judged(string address, FailureEvidence evidence) => ReportBounce.Failed(address, evidence);

    private static Explanation Bounce(string sign, IReadOnlyList<BouncedRecipient> recipients) =>
        new() { Kind = InboundKind.Bounce, Decision = $"bounce: {sign}", Recipients = recipients };
}
