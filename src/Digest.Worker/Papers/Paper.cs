namespace Digest.Worker.Papers;

/// <summary>One work, as stored: whatever doors it came through, it is one paper.</summary>
internal sealed record Paper
{
    /// <summary>The order of arrival in our database; a subscriber's watermark counts in it. 0 = not stored.</summary>
    public long Id { get; init; }

    /// <summary>What makes it one work: <c>arxiv:2601.12345</c>, <c>doi:10.1101/x</c>, <c>title:…</c>.</summary>
    public required string WorkKey { get; init; }

    /// <summary>Readable Unicode, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Readable Unicode; empty where the source has none.</summary>
    public string Abstract { get; init; } = "";

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>arXiv's codes or the source's own words, the primary one first.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public DateOnly? Announced { get; init; }

    public AnnounceType AnnounceType { get; init; }

    public DateTimeOffset? Published { get; init; }

    public int Version { get; init; } = 1;

    public string? Url { get; init; }

    public string? PdfUrl { get; init; }

    public string? CodeUrl { get; init; }

    public string? Doi { get; init; }

    public string? Comment { get; init; }

    /// <summary>Votes, where the source has them.</summary>
    public int? Upvotes { get; init; }

    /// <summary>The name of the source that brought it first.</summary>
    public string Source { get; init; } = "";

    public DateTimeOffset SeenAt { get; init; }

    /// <summary>The short name a reader would quote: the arXiv id or DOI without its prefix.</summary>
    public string ShortId => WorkKey[(WorkKey.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
