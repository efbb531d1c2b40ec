namespace Digest.Bench.Matching;

/// <summary>Measures of a ranked list against judgements.</summary>
internal static class Measures
{
    public static double AveragePrecision(IReadOnlyList<string> ranked, IReadOnlyDictionary<string, int> gains)
    {
        var relevant = gains.Count(gain => gain.Value > 0);
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < ranked.Count; i++)
        {
            if (gains.GetValueOrDefault(ranked[i]) > 0)
            {
                sum += (double)++found / (i + 1);
            }
        }

        return relevant == 0 ? 0 : sum / relevant;
    }

    public static double Ndcg(IReadOnlyList<string> ranked, IReadOnlyDictionary<string, int> gains, int depth)
    {
        var got = ranked.Take(depth).Select((paper, i) => gains.GetValueOrDefault(paper) / Math.Log2(i + 2)).Sum();
        var ideal = gains.Values.Where(gain => gain > 0).OrderDescending().Take(depth).Select((gain, i) => gain / Math.Log2(i + 2)).Sum();
        return ideal == 0 ? 0 : got / ideal;
    }

    /// <summary>The share of pairs with different labels that stand in the right order (0.5 is chance); what is not in the list stands last, tied.</summary>
    public static double OrderOfPairs(IReadOnlyList<string> ranked, IReadOnlyDictionary<string, int> gains)
    {
        var place = ranked.Select((paper, i) => (paper, i)).ToDictionary(one => one.paper, one => one.i);
        var (right, pairs) = (0.0, 0);
        foreach (var (better, gain) in gains)
        {
            foreach (var (worse, _) in gains.Where(other => other.Value < gain))
            {
                pairs++;
                var order = place.GetValueOrDefault(worse, int.MaxValue).CompareTo(place.GetValueOrDefault(better, int.MaxValue));
                right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
            }
        }

        return pairs == 0 ? 0 : right / pairs;
    }
}
