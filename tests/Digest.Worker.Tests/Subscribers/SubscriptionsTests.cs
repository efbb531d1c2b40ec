using System.Text;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Subscribers;

public sealed class SubscriptionsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Monday);
    private Installation installation = null!;

    private Subscriptions Subscriptions => installation.Get<Subscriptions>();

    public async Task InitializeAsync() => installation = await Installation.CreateAsync(clock);

    public async Task DisposeAsync() => await installation.DisposeAsync();

    [Fact]
    public async Task A_new_subscriber_is_due_at_their_next_hour_and_welcomed_once()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org", "graphs", new SubscriberDraft { Timezone = "Europe/Berlin", Hour = "9" }, MailKind.Welcome);
        Assert.Equal((SubscriberState.Active, Monday.AddHours(20), Monday, "test"), (ada.State, ada.NextDueAt, ada.ConsentAt, ada.ConsentSource));
        Assert.Equal(["welcome queued"], await LettersAsync());
    }

    [Fact]
    public async Task The_same_address_in_another_spelling_is_the_same_subscriber()
    {
        await Readers.AddAsync(installation, "ada@münchen.example");
        var again = await Subscriptions.AddAsync(new SubscriberDraft { Email = "ADA@xn--mnchen-3ya.EXAMPLE" }, "test", MailKind.Welcome, CancellationToken.None);
        Assert.False(again.Done);
        Assert.Contains("already", FormattableString.Invariant(again.Problems[0]), StringComparison.Ordinal);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task Until_they_confirm_they_get_nothing_but_the_question()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org", letter: MailKind.Confirmation);
        Assert.Equal((SubscriberState.Pending, null, null), (ada.State, ada.NextDueAt, ada.ConsentAt));
        Assert.False((await Subscriptions.ResumeAsync(ada.Id, "resume", CancellationToken.None)).Done);
        Assert.False((await Subscriptions.PauseAsync(ada.Id, null, null, CancellationToken.None)).Done);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await Subscriptions.ConfirmAsync(ada.Id, "confirmation", CancellationToken.None)).Done);
        Assert.False((await Subscriptions.ConfirmAsync(ada.Id, "confirmation", CancellationToken.None)).Done);
        var confirmed = await Readers.FindAsync(installation, ada.Id);
        Assert.Equal((SubscriberState.Active, Monday.AddHours(1), "confirmation"), (confirmed.State, confirmed.ConsentAt, confirmed.ConsentSource));
        Assert.Equal(["confirmation queued", "welcome queued"], await LettersAsync());
    }

    [Fact]
    public async Task Unsubscribed_twice_is_done_once_and_confirmed_once_and_takes_back_what_is_queued()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        await OweIssueAsync(ada, "queued");
        Assert.True((await Subscriptions.UnsubscribeAsync(ada.Id, confirm: true, CancellationToken.None)).Done);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Subscriptions.UnsubscribeAsync(ada.Id, confirm: true, CancellationToken.None)).Done);
        Assert.Equal(["issue suppressed", "unsubscribed queued"], await LettersAsync());
        var gone = await Readers.FindAsync(installation, ada.Id);
        Assert.Equal((SubscriberState.Unsubscribed, null, Monday), (gone.State, gone.NextDueAt, gone.UnsubscribedAt));
        Assert.False((await Subscriptions.AddAsync(new SubscriberDraft { Email = "ada@example.org" }, "import", null, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task A_mail_whose_data_has_begun_is_not_taken_back()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        foreach (var state in new[] { "queued", "deferred", "claimed", "in_doubt", "sent" })
            await OweIssueAsync(ada, state);
        await Subscriptions.PauseAsync(ada.Id, null, null, CancellationToken.None);
        Assert.Equal(["issue in_doubt", "issue sent", "issue suppressed", "issue suppressed", "issue suppressed"], (await LettersAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pause_ends_by_itself_at_the_first_slot_after_it_or_when_they_resume()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        Assert.False((await Subscriptions.PauseAsync(ada.Id, Monday, null, CancellationToken.None)).Done);
        await Subscriptions.PauseAsync(ada.Id, Monday.AddDays(10), null, CancellationToken.None);
        var paused = await Readers.FindAsync(installation, ada.Id);
        Assert.Equal((SubscriberState.Paused, Monday.AddDays(10).AddHours(19)), (paused.State, paused.NextDueAt));
        Assert.Empty(await installation.Get<SubscriberStore>().DueAsync(Monday.AddDays(5), default, 10, null, CancellationToken.None));
        Assert.Single(await installation.Get<SubscriberStore>().DueAsync(Monday.AddDays(11), default, 10, null, CancellationToken.None));

        Assert.True((await Subscriptions.ResumeAsync(ada.Id, "resume", CancellationToken.None)).Done);
        Assert.False((await Subscriptions.ResumeAsync(ada.Id, "resume", CancellationToken.None)).Done);
        var back = await Readers.FindAsync(installation, ada.Id);
        Assert.Equal((SubscriberState.Active, null, Monday.AddHours(19)), (back.State, back.PausedUntil, back.NextDueAt));
    }

    [Fact]
    public async Task A_suppressed_address_stays_out_whoever_asks()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        var bob = await Readers.AddAsync(installation, "bob@example.org");
        await OweIssueAsync(ada, "queued");
        await Subscriptions.SuppressAsync(ada.Id, "complaint", null, CancellationToken.None);
        Assert.Equal(["issue suppressed"], await LettersAsync());
        await Subscriptions.RemoveAsync(ada.Id, CancellationToken.None);
        Assert.False((await Subscriptions.AddAsync(new SubscriberDraft { Email = "Ada@example.org" }, "import", null, CancellationToken.None)).Done);
        Assert.False((await Subscriptions.EditAsync(bob.Id, new SubscriberDraft { Email = "ADA@example.org" }, CancellationToken.None)).Done);
    }

    [Theory]
    [InlineData("bounced")]
    [InlineData("complaint")]
    [InlineData("operator")]
    public async Task A_suppressed_address_is_not_confirmed_nor_resumed_and_why_is_told(string reason)
    {
        var asked = await Readers.AddAsync(installation, "ada@example.org", letter: MailKind.Confirmation);
        await installation.Database.WriteAsync(transaction => installation.Get<SuppressionStore>().AddAsync(transaction, "ada@example.org", reason, null, Monday), CancellationToken.None);
        foreach (var outcome in new[] { await Subscriptions.ConfirmAsync(asked.Id, "page", CancellationToken.None), await Subscriptions.ResumeAsync(asked.Id, "page", CancellationToken.None) })
        {
            Assert.False(outcome.Done);
            Assert.Equal(Wording.In("en", Suppression.Sentence(reason)), Wording.In("en", outcome.Problems.Single()));
        }
        Assert.Equal(SubscriberState.Pending, (await Readers.FindAsync(installation, asked.Id)).State);
        Assert.Equal(["confirmation queued"], await LettersAsync());
    }

    [Fact]
    public async Task Removed_after_they_left_they_stay_out_and_removed_before_they_may_come_back()
    {
        var left = await Readers.AddAsync(installation, "left@example.org");
        var moved = await Readers.AddAsync(installation, "moved@example.org");
        await Subscriptions.UnsubscribeAsync(left.Id, confirm: false, CancellationToken.None);
        foreach (var one in new[] { left, moved })
        {
            Assert.True(await Subscriptions.RemoveAsync(one.Id, CancellationToken.None));
            Assert.False(await Subscriptions.RemoveAsync(one.Id, CancellationToken.None));
        }
        Assert.False((await Subscriptions.AddAsync(new SubscriberDraft { Email = "left@example.org" }, "import", null, CancellationToken.None)).Done);
        await Readers.AddAsync(installation, "moved@example.org");
    }

    [Fact]
    public async Task Nobody_takes_the_address_of_another()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        await Readers.AddAsync(installation, "bob@example.org");
        var outcome = await Subscriptions.EditAsync(ada.Id, new SubscriberDraft { Email = "BOB@example.org", Cap = "3" }, CancellationToken.None);
        Assert.False(outcome.Done);
        Assert.Equal(ada.Cap, (await Readers.FindAsync(installation, ada.Id)).Cap);
        Assert.True((await Subscriptions.EditAsync(ada.Id, new SubscriberDraft { Email = "ADA@example.org" }, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task A_new_hour_moves_the_next_issue_and_a_new_profile_does_not()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        await Subscriptions.EditAsync(ada.Id, new SubscriberDraft { Interests = "graphs" }, CancellationToken.None);
        Assert.Equal(ada.NextDueAt, (await Readers.FindAsync(installation, ada.Id)).NextDueAt);
        await Subscriptions.EditAsync(ada.Id, new SubscriberDraft { Hour = "15" }, CancellationToken.None);
        Assert.Equal(Monday.AddHours(3), (await Readers.FindAsync(installation, ada.Id)).NextDueAt);
    }

    private const string Waits = """{"2026-03-10T07:00:00.000Z":[4,7]}""";

    [Fact]
    public async Task One_slot_is_answered_once()
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        var store = installation.Get<SubscriberStore>();
        var next = ada.NextDueAt!.Value.AddDays(1);
        Assert.Equal([ada.Id], await installation.Database.WriteAsync(transaction => store.AdvanceAsync(transaction, [new Advance(ada, 5, next, Encoding.UTF8.GetBytes(Waits), Monday)]), CancellationToken.None));
        Assert.Empty(await installation.Database.WriteAsync(transaction => store.AdvanceAsync(transaction, [new Advance(ada, 9, next, Encoding.UTF8.GetBytes(Waiting.None), Monday)]), CancellationToken.None));
        var advanced = await Readers.FindAsync(installation, ada.Id);
        Assert.Equal((5L, next, Waits), (advanced.Watermark, advanced.NextDueAt, advanced.Waiting));
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("address")]
    [InlineData("state")]
    [InlineData("waiting")]
    public async Task A_subscriber_who_changed_meanwhile_is_not_moved_on(string what)
    {
        var ada = await Readers.AddAsync(installation, "ada@example.org");
        if (what == "waiting")
            await installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("update subscriber set waiting = @Waits", new { Waits }), CancellationToken.None);
        else if (what == "state")
            await Subscriptions.UnsubscribeAsync(ada.Id, confirm: false, CancellationToken.None);
        else
            await Subscriptions.EditAsync(ada.Id, what == "profile" ? new SubscriberDraft { Interests = "graphs" } : new SubscriberDraft { Email = "ada@example.net" }, CancellationToken.None);
        Assert.Empty(await installation.Database.WriteAsync(transaction => installation.Get<SubscriberStore>().AdvanceAsync(transaction, [new Advance(ada, 5, Monday.AddDays(2), Encoding.UTF8.GetBytes(Waiting.None), Monday)]), CancellationToken.None));
        Assert.Null((await Readers.FindAsync(installation, ada.Id)).Watermark);
    }

    private int owed;

    private Task OweIssueAsync(Subscriber subscriber, string state) => installation.Database.WriteAsync(async transaction =>
    {
        var key = $"issue/{subscriber.Id}/{++owed}";
        await installation.Get<OutboxStore>().AddAsync(transaction, new OutboxMail { Key = key, Kind = MailKind.Issue, SubscriberId = subscriber.Id, Recipient = subscriber.Email, CreatedAt = clock.GetUtcNow() });
        await Digest.Worker.Storage.TransactionQueries.ExecuteAsync(transaction, state is "claimed" or "in_doubt"
            ? "insert into claim (mail_id, worker, until, marked_at) select id, 'w', '2126-01-01T00:00:00.000Z', case when @state = 'in_doubt' then '2026-01-01T00:00:00.000Z' end from outbox where key = @key"
            : "update outbox set state = @state where key = @key", new { state, key });
    }, CancellationToken.None);

    private Task<IReadOnlyList<string>> LettersAsync() => Readers.QueryAsync(installation, "select kind || ' ' || state from outbox_now order by id");
}
