using System.Globalization;
using Digest.Worker.Matching;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

/// <summary>Runs the index and the oracle on the same profiles and papers, and tells the differences.</summary>
internal static class OracleComparison
{
    public static (int Pairs, int Hits, List<string> Differences) Compare(IReadOnlyList<Profile> profiles, IReadOnlyList<Paper> papers, Corpus? counted = null)
    {
        var corpus = counted ?? Corpus.Of(papers);
        var index = new ProfileIndex();
        for (var i = 0; i < profiles.Count; i++)
        {
            index.Add(i, profiles[i]);
        }

        var found = index.Run(papers, _ => papers.Count, null, corpus).ToDictionary(one => one.Key);
        var oracles = papers.Select(paper => new Oracle(paper, corpus)).ToList();
        var differences = new List<string>();
        var hits = 0;
        for (var i = 0; i < profiles.Count; i++)
        {
            var wanted = new Dictionary<string, (double Total, string Interest, Oracle.Verdict Best)>();
            for (var j = 0; j < papers.Count; j++)
            {
                if (oracles[j].Of(profiles[i].Interests) is { } verdict)
                {
                    wanted.Add(papers[j].WorkKey, verdict);
                }
            }

            hits += wanted.Count;
            var got = found.TryGetValue(i, out var one) ? one.Explain(profiles[i], one.Count) : [];
            if ((one?.Matched ?? 0) != wanted.Count)
            {
                differences.Add($"profile {i}: {one?.Matched ?? 0} matched instead of {wanted.Count}");
            }

            foreach (var match in got)
            {
                if (!wanted.Remove(match.Paper.WorkKey, out var verdict))
                {
                    differences.Add($"profile {i}: {match.Paper.WorkKey} should not fit; it hit \"{match.Reason.Interest}\"");
                    continue;
                }

                if (Math.Abs(match.Score - verdict.Total) > 1e-9 || Math.Abs(match.Reason.Parts.Values.Sum() - match.Score) > 1e-9)
                {
                    differences.Add(string.Create(CultureInfo.InvariantCulture, $"profile {i}: {match.Paper.WorkKey} scores {match.Score}, should be {verdict.Total}"));
                }

                if (match.Reason.Interest == verdict.Interest && !match.Reason.Hits.Select(hit => (hit.Field, hit.Start, hit.Length)).ToHashSet().SetEquals(Outer(verdict.Best.Hits)))
                {
                    differences.Add($"profile {i}: {match.Paper.WorkKey} hits other places for \"{verdict.Interest}\"");
                }
            }

            differences.AddRange(wanted.Keys.Select(key => $"profile {i}: {key} should fit"));
            for (var j = 1; j < got.Count; j++)
            {
                if (BestFirst.Order.Compare(got[j - 1], got[j]) >= 0 && got[j - 1].Score - got[j].Score < -1e-9)
                {
                    differences.Add($"profile {i}: {got[j].Paper.WorkKey} stands too low");
                }
            }
        }

        return (profiles.Count * papers.Count, hits, differences);
    }

    /// <summary>A place inside of another one is told by the outer.</summary>
    private static List<(string, int, int)> Outer(IEnumerable<(string Field, int Start, int Length)> hits)
    {
        var outer = new List<(string Field, int Start, int Length)>();
        foreach (var hit in hits.OrderBy(hit => hit.Field).ThenBy(hit => hit.Start).ThenByDescending(hit => hit.Length))
        {
            if (hit.Field is "author" or "category" || outer.Count == 0 || outer[^1].Field != hit.Field || hit.Start >= outer[^1].Start + outer[^1].Length)
            {
                outer.Add(hit);
            }
        }

        return outer;
    }
}
