using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Index;

/// <summary>Among papers of the same score: votes, then the newer, then the order of arrival.</summary>
internal static class PaperOrder
{
    public static int Compare(Paper x, Paper y)
    {
        var order = Compare(PaperStanding.Of(x), PaperStanding.Of(y));
        return order != 0 ? order : string.CompareOrdinal(x.WorkKey, y.WorkKey);
    }

    public static int Compare(in PaperStanding x, in PaperStanding y)
    {
        var order = (y.Upvotes ?? 0).CompareTo(x.Upvotes ?? 0);
        order = order != 0 ? order : Nullable.Compare(y.Published, x.Published);
        order = order != 0 ? order : Nullable.Compare(y.Announced, x.Announced);
        return order != 0 ? order : x.Id.CompareTo(y.Id);
    }

    /// <summary>The place of every paper in that order.</summary>
    public static int[] Ranks(IReadOnlyList<Paper> papers)
    {
        var ranks = new int[papers.Count];
        var rank = 0;
        foreach (var paper in Enumerable.Range(0, papers.Count).Order(Comparer<int>.Create((x, y) => Compare(papers[x], papers[y]))))
        {
            ranks[paper] = rank++;
        }

        return ranks;
    }
}
