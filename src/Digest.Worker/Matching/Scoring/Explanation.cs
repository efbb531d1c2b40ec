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
        return Of(interests, paper.Paper, scoring, (field, word) => Place(paper, field, word));
    }

    /// <summary>The same where the words are not at hand, only where each stands.</summary>
    /// <param name="scoring">On that paper.</param>
    /// <param name="place">Where a word of a field begins and ends.</param>
    public static Match? Of(IReadOnlyList<Interest> interests, Paper paper, QueryScoring scoring, Func<Fields, int, (int Start, int End)> place)
    {
        if (Best(interests, scoring, out _, out var sum) is not { } best)
        {
            return null;
        }

        scoring.Hits = new HitPlaces();
        scoring.Fits(best.Query, out var score);
        var hits = Hits(scoring.Hits, place, static (place, field, word) => place(field, word));
        scoring.Hits = null;
        return Of(paper, best.Label, new Finding(score, BestField(hits), hits), sum - score.Total);
    }

    /// <summary>The score alone, without places; null as above.</summary>
    /// <param name="upvotes">The paper's.</param>
    /// <param name="scoring">On that paper.</param>
    public static double? Score(IReadOnlyList<Interest> interests, int? upvotes, QueryScoring scoring) =>
        Best(interests, scoring, out var best, out var sum) is null ? null : Total(best, sum, Votes(upvotes));

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

    /// <summary>What one query found in a paper that fits it.</summary>
    /// <param name="places">Where it hit; they are sorted.</param>
    public static Finding Of(PaperReading paper, in Score score, HitPlaces places)
    {
        var hits = Hits(places, paper, Place);
        return new Finding(score, BestField(hits), hits);
    }

    /// <summary>The match of a paper whose best interest found that.</summary>
    /// <param name="label">The name of the best interest.</param>
    /// <param name="others">What the other interests give the paper, added up.</param>
    public static Match Of(Paper paper, string label, Finding best, double others)
    {
        var score = best.Score;
        var votes = Votes(paper.Upvotes);
        var parts = new ScoreParts(best, Weights.Also * others, votes);
        return new Match(paper, Total(score.Total, score.Total + others, votes), new Reason(label, best.Field, best.Hits, parts));
    }

    private static string BestField(Hit[] hits)
    {
        var best = Category;
        foreach (var hit in hits)
        {
            best = hit.Field == Author || best == Category || (hit.Field == Title && best == Abstract) ? hit.Field : best;
        }

        return best;
    }

    private static (int Start, int End) Place(PaperReading paper, Fields field, int word)
    {
        var read = paper.Words(field)[word];
        return (read.Start, read.End);
    }

    private static Hit[] Hits<T>(HitPlaces places, T paper, Func<T, Fields, int, (int Start, int End)> where)
    {
        var (hits, count) = (new Hit[places.Words.Count + places.Authors.Count + places.Categories.Count], 0);
        places.Words.Sort(static (left, right) => left.Field != right.Field ? left.Field.CompareTo(right.Field)
            : left.First != right.First ? left.First.CompareTo(right.First) : right.Last.CompareTo(left.Last));
        var (field, end) = (Fields.Title, -1);
        foreach (var place in places.Words)
        {
            if (place.Field != field)
            {
                (field, end) = (place.Field, -1);
            }

            var (from, to) = (where(paper, field, place.First).Start, where(paper, field, place.Last).End);
            if (from >= end)
            {
                hits[count++] = new Hit(field == Fields.Title ? Title : Abstract, from, to - from);
                end = to;
            }
        }

        Add(hits, ref count, places.Authors, Author);
        Add(hits, ref count, places.Categories, Category);
        Array.Resize(ref hits, count);
        return hits;
    }

    private static void Add(Hit[] hits, ref int count, List<int> places, string field)
    {
        // Most interests ask for neither authors nor categories.
        if (places.Count == 0)
        {
            return;
        }

        foreach (var place in places.Distinct().Order())
        {
            hits[count++] = new Hit(field, place, 1);
        }
    }
}

/// <summary>What one query found in one paper.</summary>
/// <param name="Field">The best field that it hit.</param>
/// <param name="Hits">In reading order.</param>
internal sealed record Finding(Score Score, string Field, IReadOnlyList<Hit> Hits)
{
    /// <summary>The match of a paper for which no other interest speaks, where one was made: many readers get the same. Null: none yet.</summary>
    public Match? Alone { get; set; }
}
