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
        order = order != 0 ? order : (y.Paper.Upvotes ?? 0).CompareTo(x.Paper.Upvotes ?? 0);
        order = order != 0 ? order : Nullable.Compare(y.Paper.Published, x.Paper.Published);
        order = order != 0 ? order : Nullable.Compare(y.Paper.Announced, x.Paper.Announced);
        order = order != 0 ? order : x.Paper.Id.CompareTo(y.Paper.Id);
        return order != 0 ? order : string.CompareOrdinal(x.Paper.WorkKey, y.Paper.WorkKey);
    }
}
