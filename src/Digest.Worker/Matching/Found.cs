using Digest.Worker.Matching.Index;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>What one profile found in a run.</summary>
internal sealed class Found(MatchRun run, long key, PaperScore[] best, int matched)
{
    /// <summary>The key that the profile was added with.</summary>
    public long Key => key;

    /// <summary>How many papers fit, shown or not.</summary>
    public int Matched => matched;

    /// <summary>How many of them were kept: as many as were asked for.</summary>
    public int Count => best.Length;

    /// <summary>A kept paper; they are in order, best first.</summary>
    public Paper Paper(int place) => run.Papers[best[place].Paper];

    /// <summary>The ids of the kept papers from a place on.</summary>
    public long[] Ids(int from)
    {
        var ids = new long[best.Length - from];
        for (var place = from; place < best.Length; place++)
        {
            ids[place - from] = Paper(place).Id;
        }

        return ids;
    }

    public double Score(int place) => best[place].Score;

    /// <summary>The reasons of the first <paramref name="count"/> papers.</summary>
    /// <param name="profile">The profile that was added with the key.</param>
    public IReadOnlyList<Match> Explain(Profile profile, int count) => Explain(ProfileLines.Of(profile.Interests), count);

    /// <summary>The same for the lines of its interests.</summary>
    public IReadOnlyList<Match> Explain(ProfileLines lines, int count) => run.Explain(lines, best.AsSpan(0, Math.Min(count, best.Length)));
}
