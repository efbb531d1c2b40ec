using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching;

/// <summary>One profile against papers, each read for it: for looking and explaining, not for a day's run.</summary>
internal static class Searching
{
    /// <summary>All that fits, best first.</summary>
    public static List<Match> Rank(Profile profile, IReadOnlyList<PaperReading> papers, Breadth breadth, Corpus corpus)
    {
        var matches = new List<Match>();
        foreach (var reading in papers)
        {
            if (Explanation.Of(profile.Interests, reading, corpus, breadth) is { } match)
            {
                matches.Add(match);
            }
        }

        matches.Sort(BestFirst.Order);
        return matches;
    }
}
