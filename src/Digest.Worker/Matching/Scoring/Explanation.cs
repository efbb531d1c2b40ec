using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Why one paper fits one profile: the best interest with its places, and every part of the sum.</summary>
internal static class Explanation
{
    public const string Title = "title";
    public const string Abstract = "abstract";
    public const string Author = "author";
    public const string Category = "category";

    /// <summary>Null where the paper does not fit or an exclusion keeps it out.</summary>
    public static Match? Of(IReadOnlyList<Interest> interests, PaperReading paper, Corpus corpus, Breadth breadth)
    {
        var scoring = new QueryScoring(new ReadPlaces(corpus).On(paper), breadth).On(paper, corpus);
        if (Best(interests, scoring, out _, out var sum) is not { } best)
        {
            return null;
        }

        scoring.Hits = new HitPlaces();
        scoring.Fits(best.Query, out var score);
        return Explain(paper, best, score, sum, scoring.Hits);
    }

    /// <summary>The score alone, without places; null as above.</summary>
    /// <param name="scoring">On that paper.</param>
    public static double? Score(IReadOnlyList<Interest> interests, Paper paper, QueryScoring scoring) =>
        Best(interests, scoring, out var best, out var sum) is null ? null : Total(best, sum, Votes(paper.Upvotes));

    private static Interest? Best(IReadOnlyList<Interest> interests, QueryScoring scoring, out double bestScore, out double sum)
    {
        Interest? best = null;
        (bestScore, sum) = (0, 0);
        foreach (var interest in interests)
        {
            if (interest.Excludes)
            {
                if (scoring.Excludes(interest.Query))
                {
                    return null;
                }
            }
            else if (scoring.Fits(interest.Query, out var score))
            {
                sum += score.Total;
                (best, bestScore) = best is null || score.Total > bestScore ? (interest, score.Total) : (best, bestScore);
            }
        }

        return best;
    }

    /// <summary>The score of a paper for a profile.</summary>
    public static double Total(double best, double sum, double votes) => best + (Weights.Also * (sum - best)) + votes;

    /// <summary>What votes add to a score.</summary>
    public static double Votes(int? upvotes) => Weights.Votes * Math.Log2(1 + Math.Max(0, upvotes ?? 0));

    private static Match Explain(PaperReading paper, Interest interest, Score score, double sum, HitPlaces places)
    {
        var parts = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(parts, Title, score.Title);
        Add(parts, Abstract, score.Abstract);
        Add(parts, "phrase", score.Phrase);
        Add(parts, Author, score.Author);
        Add(parts, Category, score.Category);
        Add(parts, "also", Weights.Also * (sum - score.Total));
        Add(parts, "votes", Votes(paper.Paper.Upvotes));
        var hits = Hits(paper, places);
        return new Match(paper.Paper, Total(score.Total, sum, Votes(paper.Paper.Upvotes)), new Reason(interest.Label, BestField(hits), hits, parts));
    }

    private static void Add(Dictionary<string, double> parts, string name, double value)
    {
        if (value != 0)
        {
            parts[name] = value;
        }
    }

    private static string BestField(List<Hit> hits) =>
        new[] { Author, Title, Abstract }.FirstOrDefault(field => hits.Exists(hit => hit.Field == field)) ?? Category;

    private static List<Hit> Hits(PaperReading paper, HitPlaces places)
    {
        var hits = new List<Hit>();
        foreach (var field in (Fields[])[Fields.Title, Fields.Abstract])
        {
            var words = paper.Words(field);
            var end = -1;
            foreach (var place in places.Words.Where(place => place.Field == field).OrderBy(place => place.First).ThenByDescending(place => place.Last))
            {
                var (from, to) = (words[place.First].Start, words[place.Last].End);
                if (from >= end)
                {
                    hits.Add(new Hit(field == Fields.Title ? Title : Abstract, from, to - from));
                    end = to;
                }
            }
        }

        hits.AddRange(places.Authors.Distinct().Order().Select(author => new Hit(Author, author, 1)));
        hits.AddRange(places.Categories.Distinct().Order().Select(category => new Hit(Category, category, 1)));
        return hits;
    }
}
