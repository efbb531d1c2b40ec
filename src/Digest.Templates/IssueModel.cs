namespace Digest.Templates;

/// <summary>All that an issue shows. Texts are plain Unicode: the templates' output does the escaping.</summary>
public sealed record IssueModel
{
    /// <summary>BCP 47 tag of the reader's language; our own sentences are in it, papers stay as they are.</summary>
    public required string Language { get; init; }

    /// <summary>The name of the service, as in the From header.</summary>
    public required string SiteName { get; init; }

    /// <summary>The day of the issue in the reader's own zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The reader gave no interests: the papers are the day's trending ones.</summary>
    public bool Trending { get; init; }

    /// <summary>Best first; the numbers in the mail are their positions.</summary>
    public required IReadOnlyList<IssuePaper> Papers { get; init; }

    /// <summary>Papers that matched and wait for a later issue.</summary>
    public int HeldOver { get; init; }

    /// <summary>Papers that were chosen for this issue, found no room in it and come with the next: "and 12 more".</summary>
    public int Owed { get; init; }

    public IssueReceipt? Receipt { get; init; }

    /// <summary>The profile as the reader wrote it, one interest a line.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    public required MailFooter Footer { get; init; }
}

/// <summary>One paper of an issue.</summary>
public sealed record IssuePaper
{
    /// <summary>arXiv id or DOI, as a reader would quote it.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public string Abstract { get; init; } = "";

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Positions in <see cref="Authors"/> that the reader follows.</summary>
    public IReadOnlyList<int> FollowedAuthors { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary><c>new</c>, <c>cross</c>, <c>replace</c> or <c>replace-cross</c>.</summary>
    public string AnnounceType { get; init; } = "new";

    public DateOnly? Date { get; init; }

    public int? Upvotes { get; init; }

    public string? Url { get; init; }

    public string? PdfUrl { get; init; }

    public string? CodeUrl { get; init; }

    /// <summary>BCP 47 tag of the paper's own language, for screen readers; empty where it is not known.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Why it is there; null for a trending paper.</summary>
    public IssueReason? Reason { get; init; }
}

/// <summary>Why a paper is in the issue.</summary>
/// <param name="Interest">The interest as the reader wrote it; empty for what is left of a category after the hits.</param>
/// <param name="Field"><c>title</c>, <c>abstract</c>, <c>author</c> or <c>category</c>: the best field that it hit.</param>
/// <param name="Hits">The words that hit, in title and abstract.</param>
public sealed record IssueReason(string Interest, string Field, IReadOnlyList<TextRange> Hits);

/// <summary>A stretch of a paper's text, in UTF-16 units.</summary>
/// <param name="Field"><c>title</c> or <c>abstract</c>.</param>
public sealed record TextRange(string Field, int Start, int Length);

/// <summary>What became of the day's papers, told in the footer.</summary>
/// <param name="Announced">Papers that arrived since the last issue.</param>
/// <param name="InCategories">Those in the reader's categories; null where the profile names none.</param>
/// <param name="Matched">Those that fit an interest.</param>
/// <param name="Sent">Those in this issue.</param>
/// <param name="HeldOver">Those that wait.</param>
/// <param name="Gaps">The sources that were late or short; empty when nothing is missing.</param>
public sealed record IssueReceipt(int Announced, int? InCategories, int Matched, int Sent, int HeldOver, IReadOnlyList<ReceiptGap> Gaps)
{
    /// <summary>The first day since when every source was whole and in time; null where it is not known.</summary>
    public DateOnly? WholeSince { get; init; }
}

/// <summary>What became of days of a source that were not there in time.</summary>
/// <param name="Source">As a reader knows it.</param>
/// <param name="Days">One at least, in order.</param>
public sealed record ReceiptGap(string Source, GapKind Kind, IReadOnlyList<DateOnly> Days);

/// <summary>What happened to a source's day.</summary>
public enum GapKind
{
    /// <summary>Nothing of it had arrived.</summary>
    Absent,

    /// <summary>Some of it had arrived, and it was not all.</summary>
    Partial,

    /// <summary>It arrived after the deadline, and is in this issue.</summary>
    Late,
}

/// <summary>What stands at the foot of every mail.</summary>
public sealed record MailFooter
{
    /// <summary>The address the mail goes to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The address that a reply goes to, with the reader's token.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>The https page with the unsubscribe button; null when no public URL is configured.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>The reader's own page, where all can be changed; null when no public URL is configured.</summary>
    public string? OwnUrl { get; init; }

    /// <summary>The operator's postal address, which many laws ask for; null when none is configured.</summary>
    public string? PostalAddress { get; init; }

    /// <summary><c>daily</c>, <c>weekdays</c> or <c>weekly:monday</c> … <c>weekly:sunday</c>.</summary>
    public string Cadence { get; init; } = "daily";

    /// <summary>The hour of the day the issue is due, 0 to 23, in <see cref="TimeZone"/>.</summary>
    public int Hour { get; init; }

    /// <summary>IANA name of the reader's zone.</summary>
    public string TimeZone { get; init; } = "UTC";
}
