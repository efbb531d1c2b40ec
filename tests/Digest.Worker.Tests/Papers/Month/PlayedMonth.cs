namespace Digest.Worker.Tests.Papers.Month;

/// <summary>
/// March 2026 as the providers have it, with papers of our own or given ones: a holiday on the 17th, every workday twelve new papers in each of three categories, cross-lists of
/// the same day, a late cross-list of a paper three days old and a second version of one two days old.
/// </summary>
internal sealed class PlayedMonth
{
    public static readonly string[] Categories = ["cs.CL", "cs.LG", "stat.ML"];
    public static readonly DateOnly First = new(2026, 3, 2);
    public static readonly DateOnly Last = new(2026, 3, 31);
    public static readonly DateOnly Holiday = new(2026, 3, 17);
    private const int Daily = 12;

    /// <summary>Invented papers.</summary>
    public PlayedMonth()
    {
        var number = 100;
        for (var day = First; day <= Last; day = day.AddDays(1))
            if (IsBatchDay(day))
                foreach (var category in Categories)
                    for (var i = 0; i < Daily; i++)
                        Papers.Add(new PlayedPaper($"2603.{++number:00000}", day, i < 2 && category == "cs.LG" ? [category, "cs.CL"] : [category]));
    }

    /// <summary>Given papers, spread over the days in the order of their ids.</summary>
    public PlayedMonth(IReadOnlyList<PlayedPaper> papers)
    {
        var days = new List<DateOnly>();
        for (var day = First; day <= Last; day = day.AddDays(1))
            if (IsBatchDay(day))
                days.Add(day);
        Papers.AddRange(papers.OrderBy(paper => paper.Id, StringComparer.Ordinal).Select((paper, index) => paper with { Day = days[index * days.Count / papers.Count] }));
    }

    public List<PlayedPaper> Papers { get; } = [];

    public static bool IsBatchDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && day != Holiday;

    public IReadOnlyList<PlayedPaper> Of(DateOnly day) => [.. Papers.Where(paper => paper.Day == day)];

    public static DateOnly Before(DateOnly day, int batches)
    {
        while (batches > 0)
        {
            day = day.AddDays(-1);
            if (IsBatchDay(day))
                batches--;
        }
        return day;
    }

    /// <summary>The items of one category's feed.</summary>
    /// <param name="shown">The day that the feed claims; another one than <paramref name="day"/> in a stale feed.</param>
    public IEnumerable<string> Items(string category, DateOnly day, DateOnly shown)
    {
        foreach (var paper in Of(day).Where(paper => paper.Categories.Contains(category)))
            yield return paper.Item(paper.Categories[0] == category ? "new" : "cross", 1, string.Join(' ', paper.Categories), shown);
        if (category == "cs.CL" && Of(Before(day, 3)).FirstOrDefault(paper => paper.Categories[0] == "stat.ML") is { } late)
            yield return late.Item("cross", 2, "stat.ML cs.CL", shown);
        if (Of(Before(day, 2)).FirstOrDefault(paper => paper.Categories[0] == category) is { } second)
            yield return second.Item("replace", 2, category, shown);
        yield return new PlayedPaper($"1901.{day.Day:00000}", day, [category]).Item("replace-cross", 5, category, shown);
    }
}
