using Digest.Templates.Site.Admin;
using Digest.Worker.Alerts;
using Digest.Worker.Health;
using Digest.Worker.Outbox;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Web.Admin;

/// <summary>What is wrong now, and the last thirty days at a glance.</summary>
internal sealed class MonthPage(StatisticsStore statistics, AlarmStore alarms, OutboxReportStore outbox, BatchReading batches, TimeProvider time) : IAdminPages
{
    private const int Days = 30;

    private static readonly string[] Unsettled = ["queued", "claimed", "in_doubt", "deferred"];

    public IEnumerable<AdminRoute> Pages => [new("", async (_, stopping) => await ReadAsync(stopping))];

    private async Task<AdminPage> ReadAsync(CancellationToken cancellationToken)
    {
        var month = await statistics.ReadAsync(time.GetUtcNow(), Days, cancellationToken);
        var standing = await alarms.StandingAsync(cancellationToken);
        var states = (await outbox.StatesAsync(cancellationToken)).ToDictionary(state => state.State, state => state.Mails);
        var verdict = await batches.VerdictAsync(cancellationToken);
        var active = month.Subscribers.FirstOrDefault(figure => figure.Name == "active")?.Value ?? 0;
        var (bounced, complaints) = (month.Bounced.Sum(), month.Complaints.Sum());
        return new AdminPage("The last 30 days", AdminPlace.Month,
        [
            .. standing.Select(alarm => new AdminNote($"{alarm.Sentence} Since {AdminReading.Moment(alarm.Since)}. What to do: {alarm.Remedy}", Bad: true)),
            .. standing.Count == 0 ? [new AdminNote(verdict.Waits is { } waits ? $"No alarm stands. {char.ToUpperInvariant(waits[0])}{waits[1..]}." : "No alarm stands.", Bad: false)] : Array.Empty<AdminNote>(),
            new AdminFacts(
            [
                new("Active readers", AdminReading.Number(active)),
                new("Issues sent", AdminReading.Number(month.Sent.Sum())),
                new("Waiting mails", AdminReading.Number(Unsettled.Sum(state => states.GetValueOrDefault(state)))),
                new("Bounces", AdminReading.Number(bounced), bounced > 0),
                new("Complaints", AdminReading.Number(complaints), complaints > 0),
                new("New papers", AdminReading.Number(month.Papers.Sum())),
            ], Large: true),
            Plot("Issues sent", month, month.Sent),
            new AdminPlot("Papers in an issue, on average", $"{month.MatchesPerIssue.Where(value => value > 0).DefaultIfEmpty().Average():0.0} on average", month.First, month.MatchesPerIssue, Bad: false),
            Plot("Bounces", month, month.Bounced, bad: true),
            Plot("Complaints", month, month.Complaints, bad: true),
            Plot("Unsubscribed", month, month.Unsubscribed, bad: true),
            Plot("New papers", month, month.Papers),
            new AdminHeading("Sources", "A square a day: full, whole; pale, partial or not yet; red, missing."),
            .. AdminReading.Strips(month.Batches.Select(batch => (batch.Source, batch.Day, batch.State)), month.First, Days),
            new AdminHeading("Readers"),
            new AdminFacts([.. month.Subscribers.Select(figure => new AdminFact(figure.Name, AdminReading.Number(figure.Value)))]),
        ]);
    }

    private static AdminPlot Plot(string title, Statistics month, IReadOnlyList<long> values, bool bad = false) =>
        new(title, values.Sum() == 0 ? "none" : $"{AdminReading.Number(values.Sum())} in all, {AdminReading.Number(values.Max())} on the day with the most", month.First, [.. values.Select(value => (double)value)], bad);
}
