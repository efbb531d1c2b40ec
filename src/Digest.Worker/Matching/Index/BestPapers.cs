using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Index;

/// <summary>Adds up what a profile's queries found and keeps its best papers. Its memory is used again for the next profile.</summary>
internal sealed class BestPapers(IReadOnlyList<Paper> papers)
{
    private readonly int[] _ranks = PaperOrder.Ranks(papers);
    private readonly double[] _sums = new double[papers.Count];
    private readonly double[] _bests = new double[papers.Count];
    private readonly bool[] _out = new bool[papers.Count];
    private readonly List<int> _touched = [];
    private readonly List<int> _excluded = [];
    private (double Score, int Paper)[] _kept = [];

    /// <summary>The papers kept, best first.</summary>
    public int[] Kept { get; private set; } = [];

    public void Add(ReadOnlySpan<int> found, ReadOnlySpan<double> scores)
    {
        for (var i = 0; i < found.Length; i++)
        {
            var (paper, score) = (found[i], scores[i]);
            if (_sums[paper] == 0)
            {
                _touched.Add(paper);
            }

            _sums[paper] += score;
            _bests[paper] = Math.Max(_bests[paper], score);
        }
    }

    public void Exclude(ReadOnlySpan<int> found)
    {
        foreach (var paper in found)
        {
            _out[paper] = true;
            _excluded.Add(paper);
        }
    }

    /// <summary>Closes a profile: how many papers fit, and <see cref="Kept"/>.</summary>
    public int Finish(int best, Func<Paper, bool>? offered)
    {
        if (_kept.Length < best)
        {
            _kept = new (double, int)[best];
        }

        var (matched, kept) = (0, 0);
        foreach (var paper in _touched)
        {
            if (!_out[paper] && (offered is null || offered(papers[paper])))
            {
                matched++;
                kept = Keep(Explanation.Total(_bests[paper], _sums[paper], papers[paper].Upvotes), paper, kept, best);
            }

            _sums[paper] = _bests[paper] = 0;
        }

        foreach (var paper in _excluded)
        {
            _out[paper] = false;
        }

        _touched.Clear();
        _excluded.Clear();
        Kept = new int[kept];
        for (var i = 0; i < kept; i++)
        {
            Kept[i] = _kept[i].Paper;
        }

        return matched;
    }

    private int Keep(double score, int paper, int kept, int best)
    {
        if (best <= 0 || (kept == best && !IsBetter(score, paper, _kept[kept - 1])))
        {
            return kept;
        }

        var at = kept < best ? kept++ : best - 1;
        for (; at > 0 && IsBetter(score, paper, _kept[at - 1]); at--)
        {
            _kept[at] = _kept[at - 1];
        }

        _kept[at] = (score, paper);
        return kept;
    }

    private bool IsBetter(double score, int paper, (double Score, int Paper) other) =>
        score > other.Score || (score == other.Score && _ranks[paper] < _ranks[other.Paper]);
}
