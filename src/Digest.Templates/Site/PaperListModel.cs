namespace Digest.Templates.Site;

/// <summary>A list of papers with the ways on from it.</summary>
public sealed record PaperListModel
{
    public required ListedPeriod Period { get; init; }

    /// <summary>All papers of the period in the chosen category, of which a page shows some.</summary>
    public required int Total { get; init; }

    public required IReadOnlyList<ListedPaper> Papers { get; init; }

    /// <summary>The number of the first paper shown.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>Trending first, or the newest.</summary>
    public IReadOnlyList<ListLink> Orders { get; init; } = [];

    public IReadOnlyList<ListLink> Categories { get; init; } = [];

    /// <summary>Day, week, month.</summary>
    public IReadOnlyList<ListLink> Spans { get; init; } = [];

    public string? PreviousPeriod { get; init; }

    public string? NextPeriod { get; init; }

    public string? PreviousPage { get; init; }

    public string? NextPage { get; init; }

    public int Page { get; init; } = 1;

    public int Pages { get; init; } = 1;

    /// <summary>Why there is nothing, where there is nothing.</summary>
    public EmptyReason Empty { get; init; }

    /// <summary>Days with papers near an empty one.</summary>
    public IReadOnlyList<DateOnly> Nearest { get; init; } = [];
}

public enum PeriodKind
{
    Day,
    Week,
    Month,
}

/// <param name="From">The first day.</param>
/// <param name="To">The last day; the same for a day.</param>
/// <param name="Week">The number of the week (ISO 8601); 0 for others.</param>
public sealed record ListedPeriod(PeriodKind Kind, DateOnly From, DateOnly To, int Week = 0);

/// <summary>One way to look at the list.</summary>
/// <param name="Name">A word of ours (<c>trending</c>, <c>day</c>) or a category.</param>
/// <param name="Count">Papers behind it; null where it is not told.</param>
/// <param name="Here">It is the one that is shown.</param>
public sealed record ListLink(string Name, string Url, int? Count, bool Here);

/// <summary>One paper of a list.</summary>
/// <param name="Url">Its own page.</param>
public sealed record ListedPaper(IssuePaper Paper, string Url);

public enum EmptyReason
{
    None,

    /// <summary>The sources announce nothing on Saturdays and Sundays.</summary>
    Weekend,

    Holiday,

    /// <summary>Not yet arrived.</summary>
    NotYet,

    Future,

    Past,

    /// <summary>Nothing in that category.</summary>
    Category,
}
