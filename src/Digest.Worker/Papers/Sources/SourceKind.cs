using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>A kind of source: how its answers are read and how it is asked.</summary>
/// <param name="Name">As in <c>Papers:Sources:N:Kind</c> and <c>parse-feed --source</c>.</param>
internal sealed record SourceKind(string Name, Action<Stream, Reading> Format, Func<SourceContext, IPaperSource> Create)
{
    /// <summary>There is no address that would do for everybody.</summary>
    public bool NeedsUrl { get; init; }

    /// <summary>How a reader knows it.</summary>
    public required string Title { get; init; }

    public SourceDays Days { get; init; }

    public bool NeedsCategories { get; init; }

    public bool NeedsQuery { get; init; }

    /// <summary>Reads one answer.</summary>
    /// <param name="onEntry">Takes each entry as it is read, and then none is kept.</param>
    /// <exception cref="AnswerException">An error, or an answer of another kind.</exception>
    public Reading Read(Stream answer, Action<PaperEntry>? onEntry = null)
    {
        var reading = new Reading(onEntry);
        Format(answer, reading);
        return reading;
    }
}

/// <summary>What a source is built from.</summary>
internal sealed record SourceContext(SourceOptions Options, Fetcher Fetcher, TimeProvider Time);
