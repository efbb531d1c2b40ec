namespace Digest.Worker.Papers.Batches;

/// <summary>What a source saw of one day when it was asked.</summary>
/// <param name="Day">The provider's own day.</param>
/// <param name="Entries">What it listed for that day.</param>
/// <param name="Categories">The categories that were asked for; empty where the source has none.</param>
/// <param name="Complete">False when the answer broke off or ended at a limit.</param>
internal sealed record DaySighting(DateOnly Day, IReadOnlyList<Sighted> Entries, IReadOnlyList<string> Categories, bool Complete = true)
{
    public static DaySighting Of(DateOnly day, IEnumerable<PaperEntry> entries, IReadOnlyList<string> categories, bool complete = true) =>
        new(day, [.. entries.Select(entry => new Sighted(entry.Id, entry.AnnounceType, entry.Announced, entry.Categories))], categories, complete);

    /// <summary>The parts of an answer in several pages or feeds, one sighting a day; a paper that stands in several parts counts once.</summary>
    public static IReadOnlyList<DaySighting> Join(IEnumerable<DaySighting> parts) =>
    [
        .. parts.GroupBy(part => part.Day).Select(day => new DaySighting(
            day.Key, [.. day.SelectMany(part => part.Entries).DistinctBy(entry => entry.Id)], [.. day.SelectMany(part => part.Categories).Distinct()], day.All(part => part.Complete))),
    ];
}

/// <summary>Of an entry what counting needs: a long answer is read page by page and not held in memory.</summary>
internal sealed record Sighted(string Id, AnnounceType? Type, DateOnly? Announced, IReadOnlyList<string> Categories)
{
    public bool IsNew => Type is null or AnnounceType.New;

    public bool IsAnnounced => IsNew || Type == AnnounceType.Cross;
}
