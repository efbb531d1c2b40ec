using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Why one paper fits one profile: the best interest with its places, and every part of the sum.</summary>
internal static class Explanation
{
    public const string Title = "title";
    public const string Abstract = "abstract";
    public const string Author = "author";
    public const string Category = "category";

    /// <summary>Null where the paper does not fit or an exclusion keeps it out.</summary>
    public static Match? Of(Profile profile, PaperReading paper, Corpus corpus, Breadth breadth)
    {
        var scoring = new QueryScoring(paper, corpus, breadth);
        (Interest Interest, Score Score)? best = null;
        var sum = 0.0;
        foreach (var interest in profile.Interests)
        {
            if (interest.Excludes)
            {
                if (scoring.Excludes(interest.Query))
                {
                    return null;
                }
            }
            else if (scoring.Of(interest.Query) is { } score)
            {
                sum += score.Total;
                best = best is null || score.Total > best.Value.Score.Total ? (interest, score) : best;
            }
        }

        return best is { } found ? Explain(paper, found.Interest, found.Score, sum) : null;
    }

    private static Match Explain(PaperReading paper, Interest interest, Score score, double sum)
    {
        var parts = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(parts, Title, score.Title);
        Add(parts, Abstract, score.Abstract);
        Add(parts, "phrase", score.Phrase);
        Add(parts, Author, score.Author);
        Add(parts, Category, score.Category);
        Add(parts, "also", Weights.Also * (sum - score.Total));
        Add(parts, "votes", Votes(paper.Paper.Upvotes));
        var hits = Hits(paper, score);
        return new Match(paper.Paper, parts.Values.Sum(), new Reason(interest.Label, BestField(hits), hits, parts));
    }

    public static double Votes(int? upvotes) => Weights.Votes * Math.Log2(1 + Math.Max(0, upvotes ?? 0));

    private static void Add(Dictionary<string, double> parts, string name, double value)
    {
        if (value != 0)
        {
            parts[name] = value;
        }
    }

    private static string BestField(List<Hit> hits) =>
        new[] { Author, Title, Abstract }.FirstOrDefault(field => hits.Exists(hit => hit.Field == field)) ?? Category;

    private static List<Hit> Hits(PaperReading paper, Score score)
    {
        var hits = new List<Hit>();
        foreach (var field in (Fields[])[Fields.Title, Fields.Abstract])
        {
            var words = paper.Words(field);
            var end = -1;
            foreach (var place in score.Words.Where(place => place.Field == field).OrderBy(place => place.First).ThenByDescending(place => place.Last))
            {
                var (from, to) = (words[place.First].Start, words[place.Last].End);
                if (from >= end)
                {
                    hits.Add(new Hit(field == Fields.Title ? Title : Abstract, from, to - from));
                    end = to;
                }
            }
        }

        hits.AddRange(score.Authors.Distinct().Order().Select(author => new Hit(Author, author, 1)));
        hits.AddRange(score.Categories.Distinct().Order().Select(category => new Hit(Category, category, 1)));
        return hits;
    }
}
