using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

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

    /// <summary>The same, without saying why: what each scores.</summary>
    public static List<(long PaperId, double Score)> Order(Profile profile, IEnumerable<PackedReading> papers, Breadth breadth, Corpus corpus)
    {
        var scored = new List<(PackedReading Paper, double Score)>();
        using var places = new PackedPlaces(corpus);
        var scoring = new QueryScoring(places, breadth);
        foreach (var paper in papers)
        {
            if (Explanation.Score(profile.Interests, paper.Standing.Upvotes, scoring.On(places.On(paper), corpus)) is { } score)
            {
                scored.Add((paper, score));
            }
        }

        scored.Sort((x, y) => y.Score.CompareTo(x.Score) is var order && order != 0 ? order : PaperOrder.Compare(x.Paper.Standing, y.Paper.Standing));
        return scored.ConvertAll(one => (one.Paper.Standing.Id, one.Score));
    }

    /// <summary>Why the papers fit, as <see cref="Rank"/> says it, in the order in which they are given; those that do not are left out.</summary>
    /// <param name="papers">Each with its packed reading, of which the text may have changed since.</param>
    public static List<Match> Explain(Profile profile, IEnumerable<(Paper Paper, PackedReading Packed)> papers, Breadth breadth, Corpus corpus)
    {
        var matches = new List<Match>();
        using var places = new PackedPlaces(corpus);
        var scoring = new QueryScoring(places, breadth);
        foreach (var (paper, packed) in papers)
        {
            var (title, text) = (WordReader.Places(paper.Title), WordReader.Places(paper.Abstract));
            var match = title.Count == packed.TitleWords && text.Count == packed.AbstractWords
                ? Explanation.Of(profile.Interests, paper, scoring.On(places.On(packed), corpus), (field, word) => field == Fields.Title ? title[word] : text[word])
                : Explanation.Of(profile.Interests, new PaperReading(paper), corpus, breadth);
            if (match is not null)
            {
                matches.Add(match);
            }
        }

        return matches;
    }
}
