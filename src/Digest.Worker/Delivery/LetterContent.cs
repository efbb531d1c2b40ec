using System.Collections.Concurrent;
using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// Renders letters from the payload that was stored with them. A welcome also looks back over the papers of the days before it was written,
/// without what changes afterwards (votes), so that every attempt yields the same bytes.
/// </summary>
internal sealed class LetterContent(MailTemplates templates, WelcomeLook welcome, SenderOptions sender, ReaderDoors doors) : IMailContent
{
    private readonly ConcurrentDictionary<long, LetterBackTest?> ahead = [];

    public int ReadAhead => ahead.Count;

    public bool Renders(MailKind kind) => kind != MailKind.Issue;

    /// <summary>Welcomes of one day look back together: the papers are read once for all of them.</summary>
    public async Task PrepareAsync(IReadOnlyList<ClaimedMail> mails, CancellationToken cancellationToken)
    {
        foreach (var day in mails.Where(mail => mail.Kind == MailKind.Welcome && !ahead.ContainsKey(mail.Id)).GroupBy(LastDay))
        {
            List<ClaimedMail> welcomes = [.. day];
            var looks = await welcome.LookBackAsync([.. welcomes.Select(mail => string.Join('\n', LetterPayload.Parse(mail.Payload).Interests))], day.Key, cancellationToken);
            foreach (var (mail, look) in welcomes.Zip(looks))
                ahead[mail.Id] = look;
        }
    }

    public void Forget(ClaimedMail mail) => ahead.TryRemove(mail.Id, out _);

    public void Forget() => ahead.Clear();

    public async Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken)
    {
        var payload = LetterPayload.Parse(mail.Payload);
        await PrepareAsync([mail], cancellationToken);
        ahead.TryRemove(mail.Id, out var backTest);
        return templates.Render(new LetterModel
        {
            Kind = Kind(mail.Kind),
            Language = payload.Language,
            SiteName = sender.Name,
            Name = payload.Name,
            Interests = payload.Interests,
            NextIssue = payload.NextIssue,
            ConfirmUrl = mail.Kind == MailKind.Confirmation ? doors.ConfirmUrl(mail) : null,
            Lines = payload.Lines,
            BackTest = backTest,
            Footer = footer with { Cadence = payload.Cadence, Hour = payload.Hour, TimeZone = payload.Timezone },
        });
    }

    /// <summary>The day before the letter was written: its papers are all there, whenever it is rendered.</summary>
    private static DateOnly LastDay(ClaimedMail mail) => DateOnly.FromDateTime(mail.CreatedAt.UtcDateTime).AddDays(-1);

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
