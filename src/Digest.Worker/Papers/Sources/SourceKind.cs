using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>A kind of source: how its answers are read and how it is asked.</summary>
/// <param name="Name">As in <c>Papers:Sources:N:Kind</c> and <c>parse-feed --source</c>.</param>
internal sealed record SourceKind(string Name, Func<Stream, Reading> Read, Func<SourceContext, IPaperSource> Create)
{
    /// <summary>There is no address that would do for everybody.</summary>
    public bool NeedsUrl { get; init; }

    /// <summary>How a reader knows it.</summary>
    public required string Title { get; init; }

    public SourceDays Days { get; init; }

    public bool NeedsCategories { get; init; }

    public bool NeedsQuery { get; init; }
}

/// <summary>What a source is built from.</summary>
internal sealed record SourceContext(SourceOptions Options, Fetcher Fetcher, TimeProvider Time);
