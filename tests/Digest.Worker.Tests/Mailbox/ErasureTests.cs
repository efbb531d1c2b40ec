using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

public class ErasureTests
{
    [Fact]
    public async Task Nothing_in_the_database_tells_an_erased_address_once_the_last_letter_is_sent()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader, status: "4.2.2", diagnostic: $"smtp; 452 4.2.2 <{MailboxRoom.Reader}> is full"));
        await room.ReceiveAsync(Mails.Reply("weekly", room.ReplyAddress()));
        await room.ReceiveAsync(Mails.Reply("erase me", room.ReplyAddress()));
        // The letter that says so, and no other, still goes out.
        Assert.Equal(["answer reader@example.net"], await room.LettersAsync());
        await SendAsync(room);
        var tables = await room.Service.Database.ReadAsync(connection => room.Service.Database.Tables.TablesAsync(connection), CancellationToken.None);
        Assert.True(tables.Count > 15);
        foreach (var table in tables)
            foreach (var column in table.Columns)
                Assert.True((await room.QueryAsync($"select count(*) || '' from {table.Name} where cast(\"{column.Name}\" as text) like '%example.net%'"))[0] == "0", $"{table.Name}.{column.Name}");
    }

    [Fact]
    public async Task An_erased_address_stays_suppressed_by_a_keyed_hash()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("erase me", room.ReplyAddress()));
        Assert.StartsWith("hmac:", Assert.Single(await room.QueryAsync("select address_key from suppression")), StringComparison.Ordinal);
        var again = await AddAsync(room, "Reader@EXAMPLE.net");
        Assert.False(again.Done);
        Assert.Contains("erased", FormattableString.Invariant(again.Problems[0]), StringComparison.Ordinal);
        Assert.True((await AddAsync(room, "reader2@example.net")).Done);
    }

    [Fact]
    public async Task A_complaint_before_the_erasure_leaves_no_address_behind()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Complaint(room.ReplyAddress()));
        await room.Service.Get<Subscriptions>().RemoveAsync(room.SubscriberId, CancellationToken.None);
        Assert.Equal(["complaint"], await room.QueryAsync("select reason from suppression where address_key like 'hmac:%'"));
        Assert.Single(await room.QueryAsync("select address_key from suppression"));
        Assert.False((await AddAsync(room, MailboxRoom.Reader)).Done);
    }

    [Fact]
    public async Task What_waited_for_an_erased_reader_is_not_sent_and_cannot_be_queued_again()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.QueryAsync("update outbox set state = 'bounced' returning key");
        await room.ReceiveAsync(Mails.Reply("erase me", room.ReplyAddress()));
        var store = room.Service.Get<OutboxReportStore>();
        Assert.Equal(0, await store.RetryAsync(OutboxState.Bounced, null, room.Time.GetUtcNow(), CancellationToken.None));
        Assert.Equal(["bounced "], await room.QueryAsync("select state || ' ' || recipient from outbox where kind = 'issue'"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_that_was_marked_and_not_sent_is_not_tried_again_for_who_was_erased_meanwhile(bool died)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("weekly", room.ReplyAddress()));
        var now = room.Time.GetUtcNow();
        var number = await TakeAsync(room);
        Assert.True(await Marks.MarkAsync(room.Service, new InDoubtMark(number, "w", "m@lists.example.org", now.AddMinutes(1)), now));
        await room.Service.Get<Subscriptions>().RemoveAsync(room.SubscriberId, CancellationToken.None);

        // Denied to whoever asks for it anew.
        Assert.False(await Marks.MarkAsync(room.Service, new InDoubtMark(number, "other", "m@lists.example.org", now.AddMinutes(1)), now));
        if (died)
            await room.Service.Get<ClaimStore>().RecoverAsync(["w"], [], InDoubtPolicy.Resend, now, CancellationToken.None);
        else
            Assert.True(await Marks.SettleAsync(room.Service, "w", new Settlement(number, OutboxState.InDoubt, OutboxState.Queued, null), now));

        Assert.Equal(["suppressed  {}"], await room.QueryAsync("select state || ' ' || recipient || ' ' || payload from outbox_now where kind = 'answer'"));
    }

    [Fact]
    public async Task The_letter_that_says_so_is_tried_again_like_any_other()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("erase me", room.ReplyAddress()));
        var now = room.Time.GetUtcNow();
        var number = await TakeAsync(room);
        Assert.True(await Marks.MarkAsync(room.Service, new InDoubtMark(number, "w", "m@lists.example.org", now.AddMinutes(1)), now));
        Assert.True(await Marks.SettleAsync(room.Service, "w", new Settlement(number, OutboxState.InDoubt, OutboxState.Deferred, "450 4.2.0 Greylisted", now), now));
        Assert.Equal(["deferred reader@example.net"], await room.QueryAsync("select state || ' ' || recipient from outbox_now where kind = 'answer'"));
        number = await TakeAsync(room);
        Assert.True(await Marks.MarkAsync(room.Service, new InDoubtMark(number, "w", "m@lists.example.org", now.AddMinutes(1)), now));
        await room.Service.Get<ClaimStore>().RecoverAsync(["w"], [], InDoubtPolicy.Resend, now, CancellationToken.None);
        Assert.Equal(["queued reader@example.net"], await room.QueryAsync("select state || ' ' || recipient from outbox_now where kind = 'answer'"));
        await SendAsync(room);
        Assert.Equal(["sent "], await room.QueryAsync("select state || ' ' || recipient from outbox_now where kind = 'answer'"));
    }

    [Fact]
    public async Task Others_keep_their_address_when_their_mail_is_sent()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("weekly", room.ReplyAddress()));
        await SendAsync(room);
        Assert.Equal(["reader@example.net"], await room.QueryAsync("select recipient from outbox where kind = 'answer' and state = 'sent'"));
    }

    private static async Task<long> TakeAsync(MailboxRoom room) => long.Parse(
        Assert.Single(await room.QueryAsync("insert into claim (mail_id, worker, until) select id, 'w', '2100-01-01T00:00:00.000Z' from outbox where kind = 'answer' returning mail_id || ''")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Takes what waits through the states of a delivery, as a worker would.</summary>
    private static async Task SendAsync(MailboxRoom room)
    {
        var now = room.Time.GetUtcNow();
        foreach (var id in await room.QueryAsync("insert into claim (mail_id, worker, until) select id, 'w', '2100-01-01T00:00:00.000Z' from outbox where state = 'queued' returning mail_id || ''"))
        {
            var number = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(await Marks.MarkAsync(room.Service, new InDoubtMark(number, "w", $"m{id}@lists.example.org", now.AddMinutes(1)), now));
            Assert.True(await Marks.SettleAsync(room.Service, "w", new Settlement(number, OutboxState.InDoubt, OutboxState.Sent, "250 <reader@example.net> accepted"), now));
        }
    }

    private static Task<Outcome> AddAsync(MailboxRoom room, string email) =>
        room.Service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = email }, "test", null, CancellationToken.None);
}
