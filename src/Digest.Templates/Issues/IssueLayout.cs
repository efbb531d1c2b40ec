namespace Digest.Templates.Issues;

/// <summary>Which papers are cards, which are rows and which are only counted, for a given room.</summary>
internal static class IssueLayout
{
    private const int RowEstimate = 600;

    /// <summary>The shape of each paper, by its position in the issue; the best papers get the room.</summary>
    /// <param name="room">Encoded octets of HTML for all papers.</param>
    public static ShownAs[] Of(IReadOnlyList<IssueGroup> groups, ICardSizes cards, int room)
    {
        var shapes = new ShownAs[cards.Count];
        Array.Fill(shapes, ShownAs.Not);
        var compact = new bool[cards.Count];
        foreach (var position in groups.Where(group => group.Compact).SelectMany(group => group.Papers))
            compact[position] = true;
        var mostReserve = room / 3;
        for (var i = 0; i < cards.Count; i++)
        {
            var shape = compact[i] ? ShownAs.Compact : ShownAs.Full;
            // Those that follow keep room for a row each, as long as they do not take more than a third.
            var reserve = Math.Min((cards.Count - i - 1) * RowEstimate, mostReserve);
            if (shape == ShownAs.Full && cards.Size(i, ShownAs.Full) > room - reserve)
                shape = ShownAs.Compact;
            var size = cards.Size(i, shape);
            if (size > room)
                break;
            shapes[i] = shape;
            room -= size;
        }

        return shapes;
    }
}
