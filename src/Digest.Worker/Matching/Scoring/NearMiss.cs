using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Why one interest did not bring one paper.</summary>
/// <param name="Missing">The words of the interest that the paper does not have.</param>
internal sealed record NearMiss(string Interest, string Why, IReadOnlyList<string> Missing)
{
    /// <summary>The line is an exclusion, and it bites.</summary>
    public bool IsExclusion { get; init; }

    /// <summary>One for each interest that fails, and for each exclusion that bites.</summary>
    public static List<NearMiss> Of(Profile profile, PaperReading paper, Corpus corpus)
    {
        var places = new ReadPlaces(corpus).On(paper);
        var scoring = new QueryScoring(places, Breadth.Issue).On(paper, corpus);
        var misses = new List<NearMiss>();
        foreach (var interest in profile.Interests)
        {
            if (interest.Excludes)
            {
                if (scoring.Excludes(interest.Query))
                {
                    misses.Add(new NearMiss(interest.Label, "this line keeps the paper out", []) { IsExclusion = true });
                }
            }
            else if (!scoring.Fits(interest.Query, out _))
            {
                var missing = Lacking(interest.Query, places).Distinct().ToList();
                misses.Add(new NearMiss(interest.Label, Tell(interest.Query, missing), missing));
            }
        }

        return misses;
    }

    private static string Tell(Query query, List<string> missing) => query switch
    {
        Query.Plain { IsDescription: true } plain when plain.Words.Count - missing.Count >= Closeness.Needed(plain.Words.Count) =>
            "enough words are there, but not those that tell: the missing ones are the rare ones",
        Query.Plain { IsDescription: true } plain => $"{plain.Words.Count - missing.Count} of {plain.Words.Count} words are there, {Closeness.Needed(plain.Words.Count)} are needed",
        Query.Plain or Query.Near when missing.Count == 0 => "all words are there, but too far apart",
        Query.Author => "no author of that name",
        Query.Category => "not in that category",
        _ when missing.Count == 0 => "a word is there, but not where the line wants it, or the line keeps the paper out",
        _ => "words are missing",
    };

    private static IEnumerable<string> Lacking(Query query, ReadPlaces places) => query switch
    {
        Query.Phrase phrase => Lacking([phrase.Term], places),
        Query.Plain plain => Lacking(plain.Words, places),
        Query.Near near => Lacking(near.Words, places),
        Query.All all => all.Of.Where(part => part is not Query.Not).SelectMany(part => Lacking(part, places)),
        Query.Any any => any.Of.SelectMany(part => Lacking(part, places)),
        Query.Weighted weighted => Lacking(weighted.Of, places),
        _ => [],
    };

    private static IEnumerable<string> Lacking(IEnumerable<Term> terms, ReadPlaces places)
    {
        foreach (var term in terms)
        {
            if (places.Find(term).IsEmpty)
            {
                yield return string.Join(' ', Enumerable.Range(0, term.WordCount).Select(i => term.Word(i).ToString())) + (term.IsPrefix ? "*" : "");
            }
        }
    }
}
