using Digest.Worker.Matching.Index;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>What one profile found in a run.</summary>
internal sealed class Found(MatchRun run, long key, ReadOnlyMemory<PaperScore> best, int matched)
{
    /// <summary>The key that the profile was added with.</summary>
    public long Key => key;

    /// <summary>How many papers fit, shown or not.</summary>
    public int Matched => matched;

    /// <summary>How many of them were kept: as many as were asked for.</summary>
    public int Count => best.Length;

    /// <summary>A kept paper; they are in order, best first.</summary>
    public Paper Paper(int place) => run.Papers[best.Span[place].Paper];

    /// <summary>What stands in the run's memory, in its own.</summary>
    public Found Keep() => new(run, key, best.ToArray(), matched);

    /// <summary>The ids of the kept papers from a place on.</summary>
    public long[] Ids(int from)
    {
        var papers = run.Papers;
        var kept = best.Span[from..];
        var ids = new long[kept.Length];
        for (var place = 0; place < ids.Length; place++)
        {
            ids[place] = papers[kept[place].Paper].Id;
        }

        return ids;
    }

    public double Score(int place) => best.Span[place].Score;

    /// <summary>The reasons of the first <paramref name="count"/> papers.</summary>
    /// <param name="profile">The profile that was added with the key.</param>
    public IReadOnlyList<Match> Explain(Profile profile, int count) => Explain(ProfileLines.Of(profile.Interests), count);

    /// <summary>The same for the lines of its interests.</summary>
    public IReadOnlyList<Match> Explain(ProfileLines lines, int count) => run.Explain(lines, best.Span[..Math.Min(count, best.Length)]);
}
