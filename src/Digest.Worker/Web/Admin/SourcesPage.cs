using System.Globalization;
using Digest.Templates.Site.Admin;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Web.Admin;

/// <summary>What each source announced on each day, and whether it was all.</summary>
internal sealed class SourcesPage(BatchStore batches, BatchReading reading, PaperStore papers, TimeProvider time) : IAdminPages
{
    private const int Days = 14;

    public IEnumerable<AdminRoute> Pages => [new("/sources", async (_, stopping) => await ReadAsync(stopping))];

    private async Task<AdminPage> ReadAsync(CancellationToken cancellationToken)
    {
        var first = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1 - Days);
        var known = await batches.SinceAsync(first, cancellationToken);
        var verdict = await reading.VerdictAsync(cancellationToken);
        return new AdminPage("Sources, the last 14 days", AdminPlace.Sources,
        [
            new AdminNote(verdict.Waits is { } waits ? $"{char.ToUpperInvariant(waits[0])}{waits[1..]}." : "Issues can be composed.", Bad: false),
            .. verdict.Gaps.Where(_ => verdict.Ready).Select(gap => new AdminNote(string.Create(CultureInfo.InvariantCulture, $"{gap.Source} of {gap.Day:yyyy-MM-dd} is {BatchStates.ToText(gap.State)}{(gap.Detail.Length > 0 ? $": {gap.Detail}" : "")}"), Bad: true)),
            new AdminFacts([new("Papers stored", AdminReading.Number(await papers.CountAsync(cancellationToken)))], Large: true),
            .. AdminReading.Strips(known.Select(batch => (batch.Source, batch.Day, BatchStates.ToText(batch.State))), first, Days),
            new AdminHeading("Day by day"),
            new AdminTable("Days of sources", ["day", "source", "state", "announced", "detail"],
                [.. known.OrderByDescending(batch => batch.Day).ThenBy(batch => batch.Source, StringComparer.Ordinal).Select(IReadOnlyList<AdminCell> (batch) =>
                    [AdminReading.Day(batch.Day), batch.Source, new AdminCell(BatchStates.ToText(batch.State), Bad: batch.State == BatchState.Failed), AdminReading.Number(batch.Announced), batch.Detail])], "No source was asked yet."),
        ]);
    }
}
