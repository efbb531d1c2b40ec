using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>
/// The list for a profile without interests: what others voted for, votes losing half of their weight every three days; where nobody voted, the
/// categories that get the most votes and papers go first. Without what the profile's exclusions keep out.
/// Ranked once for all such profiles, and read only when one of them excludes something.
/// </summary>
internal sealed class Trending(IReadOnlyList<Paper> papers)
{
    private const double HalfLifeDays = 3;

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
            var scoring = new QueryScoring(new ReadPlaces(_corpus).On(_readings[place]), Breadth.Issue).On(_readings[place], _corpus);
            return !exclusions.Exists(scoring.Excludes);
        })];
    }

    private List<Match> Rank()
    {
        var newest = papers.Select(Day).DefaultIfEmpty().Max();
        var popularity = papers.GroupBy(Category, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => (Votes: group.Sum(Votes), Papers: group.Count()), StringComparer.OrdinalIgnoreCase);
        return [.. papers.Select(paper => (Paper: paper, Score: Votes(paper) * Math.Pow(0.5, Age(paper, newest) / HalfLifeDays), Popular: popularity[Category(paper)]))
            .OrderByDescending(one => one.Score).ThenByDescending(one => one.Popular.Votes).ThenByDescending(one => one.Popular.Papers)
            .ThenBy(one => one.Paper, Comparer<Paper>.Create(PaperOrder.Compare))
            .Select(one => new Match(one.Paper, one.Score, new Reason("", Explanation.Title, [], new Dictionary<string, double> { ["votes"] = one.Score })))];
    }

    private static int Votes(Paper paper) => Math.Max(0, paper.Upvotes ?? 0);

    /// <summary>The primary one; papers without any are one group.</summary>
    private static string Category(Paper paper) => paper.Categories is [var primary, ..] ? primary : "";

    /// <summary>A paper without a day is as new as the newest.</summary>
    private static int Age(Paper paper, DateOnly? newest) => newest is { } last && Day(paper) is { } day ? last.DayNumber - day.DayNumber : 0;

    private static DateOnly? Day(Paper paper) => paper.Announced ?? (paper.Published is { } published ? DateOnly.FromDateTime(published.UtcDateTime) : null);
}
