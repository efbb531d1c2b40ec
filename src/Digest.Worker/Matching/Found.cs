using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>What one profile found in a run.</summary>
/// <param name="explain">Explains the paper at a place of <paramref name="papers"/>.</param>
internal sealed class Found(long key, IReadOnlyList<Paper> papers, int matched, Func<int, Match> explain)
{
    private List<Match>? _best;

    /// <summary>The key that the profile was added with.</summary>
    public long Key => key;

    /// <summary>The best papers, best first; as many as were asked for.</summary>
    public IReadOnlyList<Paper> Papers => papers;

    /// <summary>How many papers fit, shown or not.</summary>
    public int Matched => matched;

    /// <summary>The same papers with score and reason; worked out when first asked for.</summary>
    public IReadOnlyList<Match> Best => _best ??= [.. Enumerable.Range(0, papers.Count).Select(explain)];
}
