using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Mailbox;

public class ReturnedMailTests
{
    [Fact]
    public async Task A_hard_bounce_settles_the_delivery_and_ends_the_subscription_without_a_letter()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader));
        Assert.Equal(["bounced"], await room.QueryAsync("select state from outbox where kind = 'issue'"));
        Assert.Equal(["bounced"], await room.QueryAsync("select reason from suppression"));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Empty(await room.LettersAsync());
    }

    [Fact]
    public async Task A_bounce_is_known_by_the_returned_Message_ID_where_the_token_was_lost()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce("postmaster@lists.example.org", MailboxRoom.Reader).Replace("issue-1@news.example.org", room.IssueMessageId, StringComparison.Ordinal));
        Assert.Equal(["bounced"], await room.QueryAsync("select state from outbox where kind = 'issue'"));
    }

    [Theory]
    [InlineData("failed", "5.2.2", "smtp; 552 5.2.2 Mailbox full", "bounced")]
    [InlineData("failed", "5.7.1", "smtp; 550 5.7.1 Message rejected as spam", "bounced")]
    [InlineData("delayed", "4.4.1", "smtp; connect timed out", "sent")]
    public async Task Soft_policy_and_delay_cost_no_reader(string action, string status, string diagnostic, string state)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader, action, status, diagnostic));
        Assert.Equal([state], await room.QueryAsync("select state from outbox where kind = 'issue'"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task Five_days_of_soft_bounces_suppress_but_one_day_of_many_does_not()
    {
        await using var room = await MailboxRoom.OpenAsync();
        for (var day = 0; day < 5; day++)
        {
            Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
            for (var i = 0; i < 3; i++)
                await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader, status: "5.2.2", diagnostic: "smtp; 552 5.2.2 Mailbox full"));
            room.Time.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task Policy_bounces_never_count_against_an_address()
    {
        await using var room = await MailboxRoom.OpenAsync();
        for (var day = 0; day < 8; day++)
        {
            await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader, status: "5.7.1", diagnostic: "smtp; 550 5.7.1 blocked by policy"));
            room.Time.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task A_forwarders_dead_end_is_not_the_readers()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), "old-account@elsewhere.example"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task Anybody_can_write_a_bounce_but_without_our_token_it_has_no_effect()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce("digest@lists.example.org", MailboxRoom.Reader));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        Assert.Equal(["sent"], await room.QueryAsync("select state from outbox where kind = 'issue'"));
    }

    [Theory]
    [InlineData("abuse", SubscriberStateWord.Unsubscribed)]
    [InlineData("opt-out", SubscriberStateWord.Unsubscribed)]
    [InlineData("not-spam", SubscriberStateWord.Active)]
    [InlineData("auth-failure", SubscriberStateWord.Active)]
    public async Task A_complaint_ends_the_subscription_a_technical_report_does_not(string type, string state)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Complaint("fbl@lists.example.org", type, $"List-Unsubscribe: <mailto:{room.ReplyAddress()}?subject=unsubscribe>"));
        Assert.Equal(state, (await room.SubscriberAsync()).State.ToString());
    }

    [Fact]
    public async Task An_out_of_office_with_a_return_date_pauses_until_then_once()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Vacation(room.ReplyAddress()));
        var paused = await room.SubscriberAsync();
        Assert.Equal((SubscriberState.Paused, new DateTimeOffset(2027, 1, 5, 0, 0, 0, TimeSpan.Zero)), (paused.State, paused.PausedUntil));
        await room.Service.Get<Subscriptions>().ResumeAsync(room.SubscriberId, "test", CancellationToken.None);
        await room.ReceiveAsync(Mails.Vacation(room.ReplyAddress()));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        Assert.Empty(await room.LettersAsync());
    }

    private static class SubscriberStateWord
    {
        public const string Active = nameof(SubscriberState.Active);
        public const string Unsubscribed = nameof(SubscriberState.Unsubscribed);
    }
}
