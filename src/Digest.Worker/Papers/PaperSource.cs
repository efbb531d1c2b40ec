using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Papers;

/// <summary>One entry of a source's answer, read but not yet merged into a paper. Absent = null.</summary>
internal sealed record PaperEntry
{
    /// <summary>The source's own id without a version: <c>2601.12345</c>, <c>hep-ex/0307015</c>, <c>10.1101/2026.01.02.123456</c>.</summary>
    public required string Id { get; init; }

    public int? Version { get; init; }

    /// <summary>Readable Unicode, one line.</summary>
    public required string Title { get; init; }

    /// <summary>Readable Unicode.</summary>
    public string? Abstract { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public AnnounceType? AnnounceType { get; init; }

    /// <summary>The day of the announcement, where the source says it.</summary>
    public DateOnly? Announced { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Doi { get; init; }

    public string? Url { get; init; }

    public string? Pdf { get; init; }

    public string? Code { get; init; }

    public int? Upvotes { get; init; }

    public string? Comment { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>Every id it is known by: <c>arxiv</c>, <c>doi</c>, <c>pmid</c>, <c>openreview</c> …</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();
}

/// <summary>An entry that could not be used; the rest of the batch goes on.</summary>
/// <param name="Where">File and line, or the entry's id: enough for an operator to find it.</param>
internal sealed record SetAside(string Problem, string Where);

/// <summary>What a source answered.</summary>
/// <param name="Cursor">Where to go on next time; null keeps the old one.</param>
/// <param name="More">The source has more to give at once, from <paramref name="Cursor"/> on: ask again in this run.</param>
internal sealed record Fetched(IReadOnlyList<PaperEntry> Entries, IReadOnlyList<SetAside> SetAside, string? Cursor, bool More = false)
{
    /// <summary>False when the answer broke off, or there was more than we ask for.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>What was seen of which days; null where the source has no days of its own.</summary>
    public IReadOnlyList<DaySighting>? Days { get; init; }
}

/// <summary>A place that papers come from.</summary>
internal interface IPaperSource
{
    /// <summary>The operator's name for it (<c>Papers:Sources:N:Name</c>).</summary>
    string Name { get; }

    /// <summary>Asks for what is new since <paramref name="cursor"/> (null at the first time).</summary>
    /// <exception cref="SourceException">The source could not be reached or answered nonsense: this run is partial, the next one goes on.</exception>
    Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken);
}

/// <summary>A source could not be asked or understood.</summary>
internal sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The provider asked us to stay away until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
