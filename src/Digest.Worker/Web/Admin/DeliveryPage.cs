using System.Globalization;
using Digest.Templates.Site.Admin;
using Digest.Worker.Outbox;

namespace Digest.Worker.Web.Admin;

/// <summary>The queue: what waits, hangs or failed.</summary>
internal sealed class DeliveryPage(OutboxReportStore store, PauseStore pauses, TimeProvider time) : IAdminPages
{
    private const int Domains = 20;
    private const int Mails = 20;

    private static readonly (OutboxState State, string Title)[] Looked =
        [(OutboxState.InDoubt, "In doubt: the final answer was lost"), (OutboxState.Deferred, "Put off by a server"), (OutboxState.Bounced, "Refused, or came back"), (OutboxState.Expired, "Given up")];

    public IEnumerable<AdminRoute> Pages => [new("/deliveries", async (_, stopping) => await ReadAsync(stopping))];

    private async Task<AdminPage> ReadAsync(CancellationToken cancellationToken)
    {
        var states = await store.StatesAsync(cancellationToken);
        var domains = await store.DomainsAsync(Domains, cancellationToken);
        var blocks = new List<AdminBlock>();
        foreach (var pause in await pauses.StandingAsync(time.GetUtcNow(), cancellationToken))
            blocks.Add(new AdminNote($"{(pause.Scope.Length == 0 ? "Everything" : pause.Scope)} stands still until {AdminReading.Moment(pause.Until)}: {pause.Reason}", Bad: true));
        blocks.Add(new AdminTable("Mails by state", ["state", "mails", "oldest"], [.. states.Select(IReadOnlyList<AdminCell> (state) => [state.State.Replace('_', ' '), AdminReading.Number(state.Mails), AdminReading.Moment(state.Oldest)])], "The outbox is empty."));
        blocks.Add(new AdminHeading("Domains", "Those with the most mails that are not sent."));
        blocks.Add(new AdminTable("Domains", ["domain", "queued", "deferred", "in doubt", "bounced"],
            [.. domains.Select(IReadOnlyList<AdminCell> (domain) => [domain.Domain, AdminReading.Number(domain.Queued), AdminReading.Number(domain.Deferred), AdminReading.Number(domain.InDoubt), AdminReading.Number(domain.Bounced)])], "Nothing waits."));
        foreach (var (state, title) in Looked)
        {
            var mails = await store.PageAsync(state, null, long.MaxValue, Mails, cancellationToken);
            blocks.Add(new AdminHeading(title));
            blocks.Add(new AdminTable(title, ["mail", "to", "kind", "tries", "due", "the server said"],
                [.. mails.Select(IReadOnlyList<AdminCell> (mail) =>
                [
                    mail.Id.ToString(CultureInfo.InvariantCulture),
                    new AdminCell(mail.Recipient.Length == 0 ? "erased" : mail.Recipient, mail.SubscriberId is { } reader ? $"{AdminDoors.Root}/subscribers/{reader}" : null),
                    mail.Kind, mail.Attempts.ToString(CultureInfo.InvariantCulture), AdminReading.Moment(mail.DueAt), mail.Answer ?? "-",
                ])], "None."));
        }
        return new AdminPage("Deliveries", AdminPlace.Deliveries, blocks);
    }
}
