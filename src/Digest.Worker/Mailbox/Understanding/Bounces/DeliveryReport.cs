using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>The machine-readable part of a delivery status notification (RFC 3464, RFC 6533), also where it stands in the wrong place.</summary>
/// <param name="Recipients">Those that it names; none where an archive hid them.</param>
internal sealed record DeliveryReport(IReadOnlyList<ReportedRecipient> Recipients)
{
    public static DeliveryReport? Find(InboundMail mail)
    {
        var declared = mail.Parts.Where(part => part.Type is "message/delivery-status" or "message/global-delivery-status").ToList();
        var parts = declared.Count > 0 ? declared : [.. mail.Parts.Where(part => part.IsText && !part.IsReturnedMail && LooksLikeOne(part.Text))];
        var groups = parts.SelectMany(part => RecipientGroups.Merge(FieldGroups.Parse(part.Text))).Take(100).ToList();
        return groups.Count > 0 ? new DeliveryReport([.. groups.Select(ReportedRecipient.Read).OfType<ReportedRecipient>()]) : null;
    }

    /// <summary>A report inside an attached mail: gateways return the bounce that they got.</summary>
    public static DeliveryReport? FindInside(InboundMail mail) =>
        mail.Parts.Select(part => part.Entity).OfType<MimeKit.MessagePart>().Where(part => part.Message is not null).Take(3)
            .Select(part => Find(new InboundMail(part.Message!))).FirstOrDefault(report => report is not null);

    private static bool LooksLikeOne(string text) =>
        (HasField(text, "Final-Recipient:") || HasField(text, "Original-Recipient:")) && (HasField(text, "Action:") || HasField(text, "Status:"));

    private static bool HasField(string text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) || text.Contains($"\n{name}", StringComparison.OrdinalIgnoreCase);
}
