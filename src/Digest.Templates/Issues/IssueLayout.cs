namespace Digest.Templates.Issues;

/// <summary>Which papers are cards, which are rows and which are only counted, for a given room.</summary>
internal static class IssueLayout
{
    /// <summary>The shape of each paper, by its position in the issue; the best papers get the room.</summary>
    /// <param name="room">Encoded octets of HTML for all papers.</param>
    public static ShownAs[] Of(IReadOnlyList<IssueGroup> groups, ICardSizes cards, int room)
    {
        var shapes = new ShownAs[cards.Count];
        var compact = new bool[cards.Count];
        foreach (var position in groups.Where(group => group.Compact).SelectMany(group => group.Papers))
            compact[position] = true;
        var size = 0;
        for (var i = 0; i < cards.Count; i++)
        {
            shapes[i] = compact[i] ? ShownAs.Compact : ShownAs.Full;
            size += cards.Size(i, shapes[i]);
        }

        if (size > room)
            Squeeze(shapes, cards, room);
        return shapes;
    }

    private static void Squeeze(ShownAs[] shapes, ICardSizes cards, int room)
    {
        // Those that follow keep room for a row each, as long as they do not take more than a third.
        var mostReserve = room / 3;
        var rows = Enumerable.Range(0, cards.Count).Sum(i => cards.Size(i, ShownAs.Compact));
        for (var i = 0; i < cards.Count; i++)
        {
            rows -= cards.Size(i, ShownAs.Compact);
            var reserve = Math.Min(rows, mostReserve);
            if (shapes[i] == ShownAs.Full && cards.Size(i, ShownAs.Full) > room - reserve)
                shapes[i] = ShownAs.Compact;
            var size = cards.Size(i, shapes[i]);
            if (size > room)
            {
                Array.Fill(shapes, ShownAs.Not, i, cards.Count - i);
                return;
            }

            room -= size;
        }
    }
}
