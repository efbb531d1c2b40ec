using Digest.Worker.Matching.Index;

namespace Digest.Worker.Matching;

/// <summary>The lines of profiles, compiled: what indexes that are made one after the other need not parse again. Not thread-safe.</summary>
internal sealed class KnownLines
{
    public KnownLines() => Lines = new LineTable(Queries);

    public QueryTable Queries { get; } = new();

    public LineTable Lines { get; }

    /// <summary>How many lines are known.</summary>
    public int Count => Lines.Count;
}
