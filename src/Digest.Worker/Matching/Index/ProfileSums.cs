using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Index;

/// <summary>Adds up what a profile's queries found and keeps its best papers. Its memory is used again for the next profile.</summary>
internal sealed class ProfileSums(QueryTable queries, QueryResults results, Paper[] papers)
{
    // A score may be 0: "of the" stands in every paper.
    private static readonly Sum Untouched = new() { Best = -1 };

    private readonly int[] _ranks = PaperOrder.Ranks(papers);
    private readonly double[] _votes = [.. papers.Select(paper => Explanation.Votes(paper.Upvotes))];
    private readonly Sum[] _sums = [.. Enumerable.Repeat(Untouched, papers.Length)];
    private readonly int[] _touched = new int[papers.Length];
    private readonly ulong[] _out = new ulong[(papers.Length + 63) / 64];
    private readonly bool[] _excludes = [.. Enumerable.Range(0, queries.Count).Select(queries.Excludes)];
    private PaperScore[] _best = [];
    private int _kept;
    private int _most;

    /// <summary>The best papers of the profile with their scores, best first; they stand there until the next is added up.</summary>
    public ReadOnlyMemory<PaperScore> Best => _best.AsMemory(0, _kept);

    /// <summary>Adds up one profile.</summary>
    /// <param name="most">How many papers to keep.</param>
    /// <param name="offered">Whether a paper may be offered to the profile with that key; null: every one.</param>
    /// <returns>How many papers fit, kept or not.</returns>
    public int Add(long key, ReadOnlySpan<int> profile, int most, Func<long, Paper, bool>? offered)
    {
        var (sums, touched, any, excluding) = (_sums, 0, _touched, false);
        foreach (var query in profile)
        {
            var found = results.Of(query);
            if (_excludes[query])
            {
                excluding |= Exclude(found);
                continue;
            }

            foreach (ref readonly var one in found)
            {
                ref var sum = ref sums[one.Paper];
                if (sum.Best < 0)
                {
                    any[touched++] = one.Paper;
                }

                sum.Total += one.Score;
                sum.Best = one.Score > sum.Best ? one.Score : sum.Best;
            }
        }

        Begin(most);
        var matched = excluding || offered is not null ? FinishSome(key, touched, offered) : FinishAll(touched);
        if (excluding)
        {
            Array.Clear(_out);
        }

        return matched;
    }

    private bool Exclude(ReadOnlySpan<PaperScore> found)
    {
        foreach (ref readonly var one in found)
        {
            _out[one.Paper >> 6] |= 1UL << (one.Paper & 63);
        }

        return !found.IsEmpty;
    }

    private void Begin(int most)
    {
        (_kept, _most) = (0, Math.Max(0, most));
        if (_best.Length < _most)
        {
            _best = new PaperScore[_most];
        }
    }

    private int FinishAll(int touched)
    {
        foreach (var paper in _touched.AsSpan(0, touched))
        {
            Keep(paper, Take(paper));
        }

        return touched;
    }

    private int FinishSome(long key, int touched, Func<long, Paper, bool>? offered)
    {
        var matched = 0;
        foreach (var paper in _touched.AsSpan(0, touched))
        {
            var score = Take(paper);
            if ((_out[paper >> 6] & (1UL << (paper & 63))) == 0 && (offered is null || offered(key, papers[paper])))
            {
                matched++;
                Keep(paper, score);
            }
        }

        return matched;
    }

    private double Take(int paper)
    {
        ref var sum = ref _sums[paper];
        var score = Explanation.Total(sum.Best, sum.Total, _votes[paper]);
        sum = Untouched;
        return score;
    }

    private void Keep(int paper, double score)
    {
        var best = _best;
        var at = _kept;
        if (at == _most)
        {
            if (at == 0 || !IsBetter(score, paper, best[at - 1]))
            {
                return;
            }

            at--;
        }
        else
        {
            _kept++;
        }

        for (; at > 0 && IsBetter(score, paper, best[at - 1]); at--)
        {
            best[at] = best[at - 1];
        }

        best[at] = new PaperScore(paper, score);
    }

    private bool IsBetter(double score, int paper, in PaperScore other) =>
        score > other.Score || (score == other.Score && _ranks[paper] < _ranks[other.Paper]);

    private struct Sum
    {
        public double Total;
        public double Best;
    }
}
