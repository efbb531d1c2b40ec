using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>The list for a profile without interests: what others voted for, the newer first among equals.</summary>
internal static class Trending
{
    public static IReadOnlyList<Match> Rank(IReadOnlyList<Paper> papers)
    {
        var matches = papers.Select(paper =>
        {
            var votes = (double)Math.Max(0, paper.Upvotes ?? 0);
            return new Match(paper, votes, new Reason("", Explanation.Title, [], new Dictionary<string, double> { ["votes"] = votes }));
        }).ToList();
        matches.Sort(BestFirst.Order);
        return matches;
    }
}
