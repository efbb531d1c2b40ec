using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Mailbox;

public class UnsubscribeByMailTests
{
    [Theory]
    [InlineData("To")]
    [InlineData("Cc")]
    [InlineData("Delivered-To")]
    [InlineData("X-Original-To")]
    public async Task The_token_in_a_recipient_header_is_authority_enough(string header)
    {
        await using var room = await MailboxRoom.OpenAsync();
        var mail = header == "To" ? Mails.Reply("unsubscribe", room.ReplyAddress()) : Mails.Reply("unsubscribe", headers: $"{header}: {room.ReplyAddress()}");
        await room.ReceiveAsync(mail);
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Equal(["unsubscribed reader@example.net"], await room.LettersAsync());
    }

    [Fact]
    public async Task A_token_in_capitals_is_read()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress().ToUpperInvariant()));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
    }

    [Theory]
    [InlineData("In-Reply-To")]
    [InlineData("References")]
    public async Task Our_Message_ID_is_authority_where_the_token_was_lost(string header)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", headers: $"{header}: <other@example.net> <{room.IssueMessageId}>"));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task The_same_mail_acts_once_however_often_it_is_read()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var mail = Mails.Reply("unsubscribe", room.ReplyAddress());
        await room.ReceiveAsync(mail);
        await room.Service.Get<Subscriptions>().ResumeAsync(room.SubscriberId, "test", CancellationToken.None);
        var report = await room.ReceiveAsync(mail);
        Assert.Equal(1, report.Known);
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        Assert.Single(await room.LettersAsync());
    }

    [Fact]
    public async Task Two_mails_asking_the_same_are_confirmed_once()
    {
        await using var room = await MailboxRoom.OpenAsync();
        room.Receive(Mails.Reply("unsubscribe", room.ReplyAddress()));
        room.Receive(Mails.Reply("stop", room.ReplyAddress()));
        await room.RunAsync();
        Assert.Single(await room.LettersAsync());
    }

    [Fact]
    public async Task What_was_read_lies_in_cur_with_the_seen_flag()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("Thanks!", room.ReplyAddress()));
        Assert.Empty(Directory.GetFiles(Path.Combine(room.Maildir, "new")));
        Assert.EndsWith(":2,S", Assert.Single(Directory.GetFiles(Path.Combine(room.Maildir, "cur"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_token_a_bounce_token_and_no_token_at_all_change_nothing()
    {
        await using var room = await MailboxRoom.OpenAsync();
        var token = room.ReplyAddress();
        room.Receive(Mails.Reply("unsubscribe", token.Replace("+r-", "+r-a", StringComparison.Ordinal)));
        room.Receive(Mails.Reply("unsubscribe", token.Replace("+r-", "+b-", StringComparison.Ordinal)));
        room.Receive(Mails.Reply("unsubscribe", room.ReturnPath()));
        room.Receive(Mails.Reply("unsubscribe", "digest@lists.example.org", from: "stranger@example.com"));
        room.Receive(Mails.Reply("unsubscribe", "digest@lists.example.org", headers: "In-Reply-To: <guess@lists.example.org>"));
        var report = await room.RunAsync();
        Assert.Equal(5, report.Read);
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task Whoever_got_a_forwarded_issue_cannot_end_the_subscription()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress(), from: "colleague@example.com"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task A_machine_with_the_token_changes_nothing_and_gets_no_answer()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress(), headers: "Auto-Submitted: auto-generated"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        Assert.Empty(await room.LettersAsync());
    }

    [Fact]
    public async Task Human_mail_goes_before_a_flood_of_bounces()
    {
        await using var room = await MailboxRoom.OpenAsync();
        for (var i = 0; i < 300; i++)
            room.Receive(Mails.Bounce("digest@lists.example.org", $"nobody{i}@example.net"));
        room.Receive(Mails.Reply("unsubscribe", room.ReplyAddress()));
        await room.RunAsync();
        Assert.Equal("human", (await room.QueryAsync("select kind from inbound order by id limit 1"))[0]);
    }
}
