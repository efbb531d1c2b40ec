using Digest.Worker.Mailbox.Understanding.Mail;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Complaints;

/// <summary>Feedback reports (RFC 5965) and what looks like them: a provider's notice, an unsubscribe click in a mail program.</summary>
internal sealed class ComplaintStep : IUnderstandingStep
{
    private const string JunkMailReport = "X-HmXmrOriginalRecipient";
    private static readonly WordTable Signs = WordTable.Load("complaint-signs");
    private static readonly PhraseList Sentences = new(Signs.Section("sentences"));
    private static readonly PhraseList Subjects = new(Signs.Section("subjects"));

    private static readonly PhraseList SureSubjects = new(Signs.Section("sure subjects"));
    private static readonly PhraseList Inlined = new(Signs.Section("inlined"));

    public Explanation? TryExplain(InboundMail mail)
    {
        if (FeedbackReport.Find(mail) is { } report)
            return Explain(report.Type, report.Recipients, "feedback report");
        if (ProviderNotice.Find(mail) is { Kind: "complaint" } notice)
            return Explain(notice.Feedback ?? "abuse", notice.Recipients, "provider's complaint notice");
        if (Hotmail(mail) is { Count: > 0 } readers)
            return Explain("abuse", readers, "report of Hotmail's Junk Mail Reporting Program");
        if (mail.First("X-Apple-Unsubscribe") is not null)
            return Explain("opt-out", mail.From is { } from ? [from] : [], "unsubscribe click in Apple Mail");
        return LooksLikeOne(mail) ? Explain("abuse", [], "complaint in a provider's words") : null;
    }

    /// <summary>Hotmail sends the mail back as it was, with the reader's address in a header of its own, on top or inside.</summary>
    private static IReadOnlyList<string> Hotmail(InboundMail mail) =>
        [.. mail.Addresses(JunkMailReport).Concat(Bounces.ReturnedMail.Header(mail, JunkMailReport).SelectMany(AddressText.FindAll)).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool LooksLikeOne(InboundMail mail)
    {
        var subject = PhraseList.Flatten(mail.Subject);
        if (mail.Has("In-Reply-To") || (!mail.Parts.Any(part => part.IsReturnedMail) && !Inlined.IsIn(PhraseList.Flatten(Opening(mail.Text)))))
            return false;
        return SureSubjects.IsIn(subject) || Subjects.IsIn(subject) && Sentences.IsIn(PhraseList.Flatten(Opening(mail.Text)));
    }

    private static string Opening(string text) => text.Length > 2000 ? text[..2000] : text;

    private static Explanation Explain(string feedback, IReadOnlyList<string> addresses, string sign) => new()
    {
        Kind = InboundKind.Complaint,
        Feedback = feedback,
        Decision = $"complaint: {sign}",
        Recipients = [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase).Select(address =>
            new BouncedRecipient { Address = address, Action = DeliveryAction.Delivered, Reason = "complaint" })],
    };
}
