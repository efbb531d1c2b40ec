using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>
/// The list for a profile without interests: what others voted for, the newer first among equals, without what its exclusions keep out.
/// Ranked once for all such profiles, and read only when one of them excludes something.
/// </summary>
internal sealed class Trending(IReadOnlyList<Paper> papers)
{
    private List<Match>? _ranked;
    private List<PaperReading>? _readings;
    private Corpus? _corpus;

    /// <summary>All that the profile does not keep out, best first.</summary>
    public IReadOnlyList<Match> For(Profile profile)
    {
        _ranked ??= Rank();
        var exclusions = profile.Interests.Where(interest => interest.Excludes).Select(interest => interest.Query).ToList();
        if (exclusions.Count == 0)
        {
            return _ranked;
        }

        _readings ??= _ranked.ConvertAll(match => new PaperReading(match.Paper));
        _corpus ??= Corpus.Of(_readings);
        return [.. _ranked.Where((_, place) =>
        {
            var scoring = new QueryScoring(new ReadPlaces(_readings[place], _corpus), Breadth.Issue).On(_readings[place], _corpus);
            return !exclusions.Exists(scoring.Excludes);
        })];
    }

    private List<Match> Rank()
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
