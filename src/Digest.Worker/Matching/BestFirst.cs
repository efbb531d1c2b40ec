using Digest.Worker.Matching.Index;

namespace Digest.Worker.Matching;

/// <summary>The order of an issue: score, then votes, then the newer, then the order of arrival. The same every time.</summary>
internal sealed class BestFirst : IComparer<Match>
{
    public static readonly BestFirst Order = new();

    public int Compare(Match? x, Match? y)
    {
        if (x is null || y is null)
        {
            return x is null ? (y is null ? 0 : 1) : -1;
        }

        var order = y.Score.CompareTo(x.Score);
        return order != 0 ? order : PaperOrder.Compare(x.Paper, y.Paper);
    }
}
