using Digest.Templates;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Renders letters from the payload that was stored with them.</summary>
internal sealed class LetterContent(MailTemplates templates, SenderOptions sender, ReaderDoors doors) : IMailContent
{
    public bool Renders(MailKind kind) => kind != MailKind.Issue;

    public Task PrepareAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Forget()
    {
        // A letter carries all that it says.
    }

    public Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken)
    {
        var payload = LetterPayload.Parse(mail.Payload);
        return Task.FromResult<RenderedMail?>(templates.Render(new LetterModel
        {
            Kind = Kind(mail.Kind),
            Language = payload.Language,
            SiteName = sender.Name,
            Name = payload.Name,
            Interests = payload.Interests,
            NextIssue = payload.NextIssue,
            ConfirmUrl = mail.Kind == MailKind.Confirmation ? doors.ConfirmUrl(mail) : null,
            Lines = payload.Lines,
            Footer = footer with { Cadence = payload.Cadence, Hour = payload.Hour, TimeZone = payload.Timezone },
        }));
    }

    private static LetterKind Kind(MailKind kind) => kind switch
    {
        MailKind.Welcome => LetterKind.Welcome,
        MailKind.Confirmation => LetterKind.Confirmation,
        MailKind.Unsubscribed => LetterKind.Unsubscribed,
        MailKind.Paused => LetterKind.Paused,
        MailKind.Answer => LetterKind.Answer,
        MailKind.Alarm => LetterKind.Alarm,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind is not a letter."),
    };
}
