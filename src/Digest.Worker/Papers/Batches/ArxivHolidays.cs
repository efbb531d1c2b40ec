namespace Digest.Worker.Papers.Batches;

/// <summary>
/// The days on which arXiv defers its mailing (https://info.arxiv.org/help/availability.html). It lists them a year ahead; for years that we
/// have no list of, they follow from the holidays that its lists are made of. An operator adds others under <c>Papers:Holidays</c>.
/// </summary>
internal static class ArxivHolidays
{
    private static readonly Dictionary<int, DateOnly[]> Listed = new()
    {
        [2026] =
        [
            new(2026, 1, 1), new(2026, 1, 19), new(2026, 6, 19), new(2026, 7, 3), new(2026, 9, 7), new(2026, 11, 26), new(2026, 12, 25), new(2026, 12, 29), new(2026, 12, 31),
        ],
    };

    public static bool Has(DateOnly day) => (Listed.TryGetValue(day.Year, out var days) ? days : Usual(day.Year)).Contains(day);

    /// <summary>Between Christmas and New Year the list differs from year to year, and what is not listed yet can be anything.</summary>
    public static bool MayHave(DateOnly day) => day is { Month: 12, Day: >= 24 } or { Month: 1, Day: <= 2 };

    private static DateOnly[] Usual(int year) =>
    [
        Observed(new(year, 1, 1)), Monday(new(year, 1, 15)), Observed(new(year, 6, 19)), Observed(new(year, 7, 4)), Monday(new(year, 9, 1)),
        Thursday(new(year, 11, 22)), Observed(new(year, 12, 25)), Observed(new(year, 12, 31)),
    ];

    /// <summary>A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.</summary>
    private static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    /// <summary>The first one from that day on.</summary>
    private static DateOnly Monday(DateOnly day) => day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);

    private static DateOnly Thursday(DateOnly day) => day.AddDays(((int)DayOfWeek.Thursday - (int)day.DayOfWeek + 7) % 7);
}
