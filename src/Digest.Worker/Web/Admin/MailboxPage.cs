using System.Globalization;
using Digest.Templates.Site.Admin;
using Digest.Worker.Mailbox;

namespace Digest.Worker.Web.Admin;

/// <summary>What came back in the last seven days, and what only a human can understand.</summary>
internal sealed class MailboxPage(MailboxStatusStore store, TimeProvider time) : IAdminPages
{
    public IEnumerable<AdminRoute> Pages => [new("/mailbox", async (_, stopping) => Show(await store.ReadAsync(time.GetUtcNow(), stopping)))];

    private static AdminPage Show(MailboxStatus status) => new("Mailbox, the last seven days", AdminPlace.Mailbox,
    [
        .. status.IsAlarm ? [new AdminNote("More than 0.1 % of the issues were called spam: look for how these readers came on the list.", Bad: true)] : Array.Empty<AdminNote>(),
        new AdminFacts(
        [
            new("Issues sent", AdminReading.Number(status.Sent)),
            new("Complaints", AdminReading.Number(status.Complaints), status.Complaints > 0),
            new("Complaint rate", string.Create(CultureInfo.InvariantCulture, $"{100 * status.ComplaintRate:0.000}\u00A0%"), status.IsAlarm),
            new("Not understood", AdminReading.Number(status.Unclear.Count)),
            new("Not handled", AdminReading.Number(status.Failing), status.Failing > 0),
        ], Large: true),
        new AdminHeading("Not understood", "To be read by a human, in the mailbox, under the name that stands here."),
        new AdminTable("Mails that were not understood", ["received", "from", "where"],
            [.. status.Unclear.Select(IReadOnlyList<AdminCell> (mail) =>
            [
                AdminReading.Moment(mail.ReceivedAt), mail.SubscriberId is { } reader ? new AdminCell($"subscriber {reader}", $"{AdminDoors.Root}/subscribers/{reader}") : "unknown", mail.Reference ?? "-",
            ])], "All were understood."),
        new AdminHeading("What came"),
        new AdminTable("Mails by kind", ["kind", "what was done", "mails"], [.. status.Effects.Select(IReadOnlyList<AdminCell> (effect) => [effect.Kind, effect.Effect, AdminReading.Number(effect.Count)])], "Nothing came back."),
        new AdminHeading("Bounces and complaints by domain"),
        new AdminTable("Domains", ["domain", "sent", "hard", "soft", "about us", "complaints"],
            [.. status.Domains.Select(IReadOnlyList<AdminCell> (domain) =>
                [domain.Domain, AdminReading.Number(domain.Sent), AdminReading.Number(domain.Hard), AdminReading.Number(domain.Soft), AdminReading.Number(domain.AboutUs), AdminReading.Number(domain.Complaints)])], "None."),
    ]);
}
