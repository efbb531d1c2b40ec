using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching;

/// <summary>
/// Why papers fit queries, for runs over the same papers and corpus that are made one after the other: many readers share their lines and get the same papers
/// for them. What was not asked for in a long time is forgotten. Not thread-safe.
/// </summary>
internal sealed class KnownFindings
{
    /// <summary>So many are kept, and as many again that were asked for before those.</summary>
    private const int MostKept = 25_000;

    private Dictionary<(int Query, long Paper), Finding> _young = [];
    private Dictionary<(int Query, long Paper), Finding> _old = [];

    /// <summary>Null: not known, or no longer.</summary>
    public Finding? Find(int query, long paper)
    {
        if (_young.TryGetValue((query, paper), out var finding))
        {
            return finding;
        }

        if (_old.TryGetValue((query, paper), out finding))
        {
            Add(query, paper, finding);
        }

        return finding;
    }

    public void Add(int query, long paper, Finding finding)
    {
        if (_young.Count == MostKept)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young.Add((query, paper), finding);
    }
}
