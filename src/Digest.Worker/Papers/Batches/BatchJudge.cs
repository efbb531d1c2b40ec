namespace Digest.Worker.Papers.Batches;

/// <summary>Tells from counts whether a batch is all there. Pure.</summary>
internal static class BatchJudge
{
    /// <summary>Fewer days say nothing about what is usual.</summary>
    private const int EnoughDays = 5;

    /// <summary>A category with fewer new papers can be empty or repeat itself by chance.</summary>
    private const int TellingCount = 8;

    /// <summary>Below this part of the usual number a batch is too small to be whole. Quiet days reach a half.</summary>
    private const double Short = 0.35;

    /// <summary>The feed of the day was there, and nothing in it.</summary>
    public const string EmptyFeed = "the feed is empty";

    public const string NotComplete = "the answer is not complete";

    public const string StayedEmpty = "the feed stayed empty on a day that is in no calendar";

    /// <param name="seen">What was counted.</param>
    /// <param name="past">Whole batches of the same source, any order.</param>
    /// <param name="complete">False when the answer broke off or ended at a limit.</param>
    /// <param name="mayBeHoliday">The calendar allows for an empty day.</param>
    /// <param name="late">The deadline has passed: an empty feed is the provider's last word.</param>
    public static (BatchState State, string Detail) Judge(Batch seen, IReadOnlyList<Batch> past, bool complete, bool mayBeHoliday, bool late)
    {
        if (seen.Announced == 0)
            return mayBeHoliday ? (BatchState.Holiday, "a holiday of the provider")
                : late ? (BatchState.Holiday, StayedEmpty)
                : (BatchState.NotYet, EmptyFeed);
        var problems = new List<string>();
        if (!complete)
            problems.Add(NotComplete);
        if (seen.HighestId is { } highest && past.Where(batch => batch.HighestId is not null).MaxBy(batch => batch.Day) is { } before && string.CompareOrdinal(highest, before.HighestId) <= 0)
            problems.Add($"no id is higher than {before.HighestId}, the highest before");
        foreach (var count in seen.Counts)
            if (Stale(count, past) is { } problem)
                problems.Add(problem);
        if (Usual(past.Select(batch => batch.Announced)) is { } usual && seen.Announced < usual * Short)
            problems.Add($"{seen.Announced} papers where about {usual:0} are usual");
        return problems.Count == 0 ? (BatchState.Whole, "") : (BatchState.Partial, string.Join("; ", problems));
    }

    private static string? Stale(CategoryCount count, IReadOnlyList<Batch> past)
    {
        if (count.New >= TellingCount && count.Fresh * 2 < count.New)
            return $"{count.Category} is stale: {count.Fresh} of {count.New} are new";
        return count.Announced == 0 && Usual(past.Select(batch => batch.Counts.FirstOrDefault(other => other.Category == count.Category)?.Announced ?? 0)) >= TellingCount
            ? $"{count.Category} is missing"
            : null;
    }

    /// <summary>The median; null where too few days are known.</summary>
    private static double? Usual(IEnumerable<int> counts)
    {
        var sorted = counts.Order().ToList();
        return sorted.Count < EnoughDays ? null : sorted[sorted.Count / 2];
    }
}
