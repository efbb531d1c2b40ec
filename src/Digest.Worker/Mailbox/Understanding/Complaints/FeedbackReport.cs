using Digest.Worker.Mailbox.Understanding.Bounces;
using Digest.Worker.Mailbox.Understanding.Mail;

namespace Digest.Worker.Mailbox.Understanding.Complaints;

/// <summary>The machine-readable part of a feedback report (RFC 5965).</summary>
/// <param name="Type">Feedback-Type in lower case.</param>
/// <param name="Recipients">Whom the mail complained about had reached, where the provider tells.</param>
internal sealed record FeedbackReport(string Type, IReadOnlyList<string> Recipients)
{
    private static readonly string[] RecipientFields = ["Original-Rcpt-To", "Removal-Recipient", "Redacted-Address"];

    public static FeedbackReport? Find(InboundMail mail)
    {
        var part = mail.Parts.FirstOrDefault(part => part.Type == "message/feedback-report");
        var isReport = mail.ContentType.Contains("feedback-report", StringComparison.Ordinal);
        if (part is null && !isReport)
            return null;
        // A damaged report has lost its part; the fields may stand in any other.
        var text = part?.Text ?? string.Join("\n\n", mail.Parts.Where(other => !other.IsReturnedMail).Select(other => other.Text));
        var fields = FieldGroups.Parse(text).SelectMany(group => group).ToList();
        var type = fields.FirstOrDefault(field => field.Name.Equals("Feedback-Type", StringComparison.OrdinalIgnoreCase)).Value;
        var recipients = fields.Where(field => RecipientFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase)).SelectMany(field => AddressText.FindAll(field.Value));
        return new FeedbackReport(Normal(type, mail), [.. recipients]);
    }

    private static string Normal(string? type, InboundMail mail)
    {
        var word = (type ?? "").Trim().ToLowerInvariant().Replace("optout", "opt-out", StringComparison.Ordinal);
        if (word.StartsWith("opt-out", StringComparison.Ordinal))
            return "opt-out";
        if (word.Length > 0)
            return word.Split(' ', ';', '(')[0];
        return mail.Subject.Contains("dmarc", StringComparison.OrdinalIgnoreCase) || mail.Subject.Contains("authentication", StringComparison.OrdinalIgnoreCase) ? "auth-failure" : "abuse";
    }
}
