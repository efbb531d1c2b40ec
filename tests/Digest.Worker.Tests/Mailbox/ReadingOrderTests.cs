using Digest.Worker.Mailbox.Reading;

namespace Digest.Worker.Tests.Mailbox;

public class ReadingOrderTests
{
    [Fact]
    public void A_human_behind_a_flood_is_read_first_and_one_that_comes_meanwhile_next()
    {
        var order = new ReadingOrder(0);
        for (var uid = 1u; uid <= 50_000; uid++)
            order.Add(uid, isMachine: uid != 50_000);
        var first = order.Next(200);
        Assert.Equal((50_000u, 1u, 200), (first[0], first[1], first.Count));
        order.Add(50_001, isMachine: false);
        Assert.Equal(50_001u, order.Next(200)[0]);
    }

    [Fact]
    public void The_cursor_stands_below_what_is_left_to_do()
    {
        var order = new ReadingOrder(10);
        order.Add(11, isMachine: true);
        order.Add(12, isMachine: true);
        order.Add(13, isMachine: false);
        order.Done(13, later: false);
        Assert.Equal(10, order.Cursor);
        order.Done(11, later: false);
        Assert.Equal(11, order.Cursor);
        order.Done(12, later: true);
        Assert.Equal((11, 13), (order.Cursor, order.Highest));
    }
}
