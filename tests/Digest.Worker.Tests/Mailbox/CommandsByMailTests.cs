using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Mailbox;

public class CommandsByMailTests
{
    [Fact]
    public async Task Several_commands_are_obeyed_in_order_and_answered_once_with_before_and_after()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("weekly on Friday\nat most 5\nadd diffusion models\n\nThanks\nMary", room.ReplyAddress()));
        var reader = await room.SubscriberAsync();
        Assert.Equal(("weekly:friday", 5, "graph neural networks\ndiffusion models"), (reader.Cadence.ToString(), reader.Cap, reader.Profile));
        Assert.Equal(["answer reader@example.net"], await room.LettersAsync());
        var lines = await LinesAsync(room);
        Assert.Contains("How often: weekly on Friday (before: every day).", lines);
        Assert.Contains("Papers in one issue: at most 5 (before: 8).", lines);
        Assert.Contains("To take this back, answer with the word “undo”.", lines);
    }

    [Fact]
    public async Task Undo_takes_back_what_the_last_mail_changed_and_then_the_one_before()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("weekly\nadd diffusion models", room.ReplyAddress()));
        await room.ReceiveAsync(Mails.Reply("pause for 2 weeks", room.ReplyAddress()));
        Assert.Equal(SubscriberState.Paused, (await room.SubscriberAsync()).State);
        await room.ReceiveAsync(Mails.Reply("undo", room.ReplyAddress()));
        Assert.Equal((SubscriberState.Active, "weekly:monday"), ((await room.SubscriberAsync()).State, (await room.SubscriberAsync()).Cadence.ToString()));
        await room.ReceiveAsync(Mails.Reply("please undo", room.ReplyAddress()));
        var reader = await room.SubscriberAsync();
        Assert.Equal(("daily", "graph neural networks"), (reader.Cadence.ToString(), reader.Profile));
    }

    [Fact]
    public async Task Undo_brings_back_who_unsubscribed()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress()));
        await room.ReceiveAsync(Mails.Reply("undo", room.ReplyAddress()));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task An_unsubscribe_wins_over_everything_else()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("weekly\nunsubscribe", room.ReplyAddress()));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
        Assert.Equal(["unsubscribed reader@example.net"], await room.LettersAsync());
    }

    [Theory]
    [InlineData("Pause bis 5. Januar", "2027-01-05", "Pause bis 5. Januar 2027.")]
    [InlineData("pause jusqu'au 5 janvier", "2027-01-05", "En pause jusqu'au 5 janvier 2027.")]
    [InlineData("pausa hasta el 5 de enero", "2027-01-05", "En pausa hasta el 5 de enero de 2027.")]
    [InlineData("暂停到1月5日", "2027-01-05", "已暂停至2027年1月5日。")]
    [InlineData("1月5日まで一時停止", "2027-01-05", "2027年1月5日まで休止します。")]
    public async Task The_answer_is_in_the_language_of_the_command(string text, string until, string answer)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply(text, room.ReplyAddress()));
        Assert.Equal(until, (await room.SubscriberAsync()).PausedUntil?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(answer, await LinesAsync(room));
    }

    [Theory]
    [InlineData("de", "pause", "de")]
    [InlineData("fr", "Pause", "fr")]
    [InlineData("de", "pause for 2 weeks", "en")]
    [InlineData("en", "Pause für 2 Wochen", "de")]
    public async Task A_word_of_several_languages_is_one_of_the_readers_own_and_the_whole_letter_is_in_one_language(string own, string text, string answered)
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.Service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update subscriber set language = @own", new { own }, transaction), CancellationToken.None);
        await room.ReceiveAsync(Mails.Reply(text, room.ReplyAddress()));
        var letter = LetterPayload.Parse((await room.QueryAsync("select payload from outbox where kind = 'answer'"))[0]);
        Assert.Equal(answered, letter.Language);
        Assert.StartsWith(Digest.Worker.Mailbox.Answering.Sentences.For(answered).Say("asked", "")[..5], letter.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unclear_is_answered_with_the_commands_once_a_day()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("What a nice day.", room.ReplyAddress()));
        await room.ReceiveAsync(Mails.Reply("What a day!", room.ReplyAddress()));
        Assert.Single(await room.LettersAsync());
        room.Time.Advance(TimeSpan.FromDays(1));
        await room.ReceiveAsync(Mails.Reply("Hm, hm.", room.ReplyAddress()));
        Assert.Equal(2, (await room.LettersAsync()).Count);
    }

    [Fact]
    public async Task A_stranger_with_a_forwarded_issue_changes_nothing_and_only_the_reader_is_asked()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress(), from: "colleague@example.com"));
        Assert.Equal(["answer reader@example.net"], await room.LettersAsync());
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        // The letter went to the reader's own mailbox alone: who answers it is the reader, whatever address they write from.
        await room.ReceiveAsync(Mails.Reply("unsubscribe", room.ReplyAddress(issue: 0), from: "reader.elsewhere@example.com"));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task A_mail_that_only_claims_to_be_the_readers_is_asked_back_unless_our_border_vouches_for_it()
    {
        await using var room = await MailboxRoom.OpenAsync(("Mailbox:AuthenticationServer", "mx.lists.example.org"));
        await room.ReceiveAsync(Mails.Reply("unsubscribe", "digest@lists.example.org", "unsubscribe"));
        await room.ReceiveAsync(Mails.Reply("unsubscribe", "digest@lists.example.org", "unsubscribe", headers: "Authentication-Results: mx.evil.example; dmarc=pass header.from=example.net"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
        Assert.Single(await room.LettersAsync());
        await room.ReceiveAsync(Mails.Reply("unsubscribe", "digest@lists.example.org", "unsubscribe", headers: "Authentication-Results: mx.lists.example.org; dmarc=pass header.from=example.net"));
        Assert.Equal(SubscriberState.Unsubscribed, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task Erase_me_removes_the_person_and_keeps_imports_from_bringing_them_back()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("erase me", room.ReplyAddress()));
        Assert.Null(await room.Service.Get<SubscriberStore>().FindAsync(room.SubscriberId, CancellationToken.None));
        Assert.Equal(["erased"], await room.QueryAsync("select reason from suppression"));
    }

    [Fact]
    public async Task Somebody_new_is_asked_to_confirm_and_confirms_by_replying()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Reply("large language models\ncat:cs.CL\n\n-- \nNew Reader", "digest@lists.example.org", "subscribe", "new@example.com"));
        var store = room.Service.Get<SubscriberStore>();
        var pending = (await store.FindByAddressAsync("new@example.com", CancellationToken.None))!;
        Assert.Equal((SubscriberState.Pending, "large language models\ncat:cs.CL"), (pending.State, pending.Profile));
        Assert.Equal(["confirmation new@example.com"], await room.LettersAsync());
        await room.ReceiveAsync(Mails.Reply("Yes, please", room.ReplyAddress(pending.Id, 0), "Re: please confirm", "new@example.com"));
        Assert.Equal(SubscriberState.Active, (await store.FindAsync(pending.Id, CancellationToken.None))!.State);
        Assert.Equal(["confirmation new@example.com", "welcome new@example.com"], await room.LettersAsync());
    }

    [Fact]
    public async Task Nobody_can_have_another_flooded_with_confirmations()
    {
        await using var room = await MailboxRoom.OpenAsync(("Mailbox:AnswersPerHour", "5"));
        for (var i = 0; i < 5; i++)
            await room.ReceiveAsync(Mails.Reply($"{i}", "digest@lists.example.org", "subscribe", "victim@example.com"));
        Assert.True((await room.LettersAsync()).Count <= 2);
        for (var i = 0; i < 20; i++)
            await room.ReceiveAsync(Mails.Reply("x", "digest@lists.example.org", "subscribe", $"victim{i}@example.com"));
        Assert.Equal(5, (await room.LettersAsync()).Count);
    }

    [Fact]
    public async Task One_who_left_may_ask_to_come_back_and_confirms_by_replying()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.Service.Get<Subscriptions>().UnsubscribeAsync(room.SubscriberId, confirm: false, CancellationToken.None);
        await room.ReceiveAsync(Mails.Reply("robotics", "digest@lists.example.org", "subscribe"));
        await room.ReceiveAsync(Mails.Reply("robotics please", "digest@lists.example.org", "subscribe"));
        Assert.Equal((SubscriberState.Pending, "robotics"), ((await room.SubscriberAsync()).State, (await room.SubscriberAsync()).Profile));
        Assert.Equal([$"confirmation {MailboxRoom.Reader}"], await room.LettersAsync());
        await room.ReceiveAsync(Mails.Reply("Yes", room.ReplyAddress(issue: 0), "Re: please confirm"));
        Assert.Equal(SubscriberState.Active, (await room.SubscriberAsync()).State);
    }

    [Fact]
    public async Task A_suppressed_address_is_not_asked()
    {
        await using var room = await MailboxRoom.OpenAsync();
        await room.ReceiveAsync(Mails.Bounce(room.ReturnPath(), MailboxRoom.Reader));
        await room.ReceiveAsync(Mails.Reply("x", "digest@lists.example.org", "subscribe"));
        Assert.Empty(await room.LettersAsync());
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(MailboxRoom room) =>
        LetterPayload.Parse((await room.QueryAsync("select payload from outbox where kind = 'answer' order by id desc limit 1"))[0]).Lines;
}
