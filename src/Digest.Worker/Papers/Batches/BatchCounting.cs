namespace Digest.Worker.Papers.Batches;

/// <summary>Counts what a source listed for a day against what we had before.</summary>
internal sealed class BatchCounting(BatchStore store, ArxivCalendar calendar)
{
    public async Task<Batch> CountAsync(SourceOptions source, DaySighting sighting, CancellationToken cancellationToken)
    {
        var fresh = sighting.Entries.Where(entry => entry.IsNew).ToList();
        var old = source.Days == SourceDays.Feed ? await store.AnnouncedBeforeAsync([.. fresh.Select(entry => entry.Id)], sighting.Day, cancellationToken) : new HashSet<string>();
        return new Batch
        {
            Source = source.Name,
            Day = sighting.Day,
            Counts = [.. sighting.Categories.Select(category => Count(category, sighting.Entries, old))],
            Announced = sighting.Entries.Count,
            // Ids of before 2007 do not grow with time, and other providers' not at all.
            HighestId = fresh.Select(entry => entry.Id).Where(id => ArxivId.Parse(id) is { } arxiv && !arxiv.Value.Contains('/', StringComparison.Ordinal)).Max(StringComparer.Ordinal),
        };
    }

    /// <summary>Of an answer that names no day: what we had not before the day's announcement.</summary>
    public async Task<DaySighting> SinceAnnouncementAsync(DaySighting seen, DateOnly day, CancellationToken cancellationToken)
    {
        var announced = seen.Entries.Where(entry => entry.IsAnnounced).ToList();
        var before = await store.SeenBeforeAsync([.. announced.Select(entry => entry.Id)], calendar.ExpectedAt(day), cancellationToken);
        return seen with { Day = day, Entries = [.. announced.Where(entry => !before.Contains(entry.Id))] };
    }

    private static CategoryCount Count(string category, IReadOnlyList<Sighted> entries, IReadOnlySet<string> old)
    {
        var listed = entries.Where(entry => entry.Categories.Any(its => its == category || its.StartsWith($"{category}.", StringComparison.Ordinal))).ToList();
        var fresh = listed.Where(entry => entry.IsNew).ToList();
        return new CategoryCount(category, listed.Count, fresh.Count, fresh.Count(entry => !old.Contains(entry.Id)));
    }
}
