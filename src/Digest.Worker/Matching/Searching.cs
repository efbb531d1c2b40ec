using Digest.Worker.Matching.Index;
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

    /// <summary>The same, without saying why: what each scores. Each reading is done with before the next is asked for.</summary>
    public static List<(Paper Paper, double Score)> Order(Profile profile, IEnumerable<PaperReading> papers, Breadth breadth, Corpus corpus)
    {
        var scored = new List<(Paper Paper, double Score)>();
        var places = new ReadPlaces(corpus);
        var scoring = new QueryScoring(places, breadth);
        foreach (var reading in papers)
        {
            places.On(reading);
            if (Explanation.Score(profile.Interests, reading.Paper, scoring.On(reading, corpus)) is { } score)
            {
                scored.Add((reading.Paper, score));
            }
        }

        scored.Sort((x, y) => y.Score.CompareTo(x.Score) is var order && order != 0 ? order : PaperOrder.Compare(x.Paper, y.Paper));
        return scored;
    }
}
