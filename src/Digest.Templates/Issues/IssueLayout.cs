using System.Text;

namespace Digest.Templates.Issues;

/// <summary>
/// Which papers are cards, which are rows and which are only counted, so that the HTML stays below the size at which Gmail clips
/// a mail (102 kB).
/// </summary>
internal static class IssueLayout
{
    // Octets of HTML for the papers. As base64 (78 octets for 57) with head and foot this stays below 95,000.
    private const int Budget = 58_000;
    private const int RowReserve = 18_000;
    private const int TrendingCards = 20;

    /// <summary>The shape of each paper, by its position in the issue.</summary>
    public static ShownAs[] Of(IReadOnlyList<IssueGroup> groups, PaperCards cards)
    {
        var shapes = new ShownAs[cards.Count];
        Array.Fill(shapes, ShownAs.Not);
        var also = groups.Where(group => group.Also).SelectMany(group => group.Papers).ToHashSet();
        var free = Budget;
        var rows = new int[cards.Count + 1];
        for (var i = cards.Count - 1; i >= 0; i--)
            rows[i] = Math.Min(rows[i + 1] + 450, RowReserve);
        for (var i = 0; i < cards.Count; i++)
        {
            var wanted = also.Contains(i) || i >= TrendingCards ? ShownAs.Compact : ShownAs.Full;
            if (wanted == ShownAs.Full && Size(cards, i, ShownAs.Full) > free - rows[i + 1])
                wanted = ShownAs.Compact;
            if (Size(cards, i, wanted) > free)
                break;
            shapes[i] = wanted;
            free -= Size(cards, i, wanted);
        }

        return shapes;
    }

    private static int Size(PaperCards cards, int position, ShownAs shape) =>
        Encoding.UTF8.GetByteCount(cards.Html(position, shape).Value);
}
