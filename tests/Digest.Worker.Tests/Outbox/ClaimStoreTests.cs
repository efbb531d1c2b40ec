using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Outbox;

public sealed class ClaimStoreTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Two_workers_never_hold_the_same_mail()
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 300).Select(i => $"reader{i}"));
        var claims = installation.Get<ClaimStore>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await claims.ClaimAsync($"worker{worker}", 7, Outboxes.Noon, Lease, CancellationToken.None) is { Count: > 0 } mails)
                mine.AddRange(mails.Select(mail => mail.Id));
            return mine;
        })));

        Assert.Equal(300, taken.Sum(mine => mine.Count));
        Assert.Equal(300, taken.SelectMany(mine => mine).Distinct().Count());
    }

    [Fact]
    public async Task A_mail_is_not_claimed_before_it_is_due()
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        var claims = installation.Get<ClaimStore>();
        Assert.Empty(await claims.ClaimAsync("w", 10, Outboxes.Noon.AddMilliseconds(-1), Lease, CancellationToken.None));
        Assert.Single(await claims.ClaimAsync("w", 10, Outboxes.Noon, Lease, CancellationToken.None));
    }

    [FactWith<PostgresServer>]
    public async Task Workers_that_claim_at_once_all_get_some_while_there_is_enough_for_all()
    {
        await using var installation = await Installation.CreateAsync();
        var claims = installation.Get<ClaimStore>();
        for (var round = 0; round < 30; round++)
        {
            await Outboxes.AddLettersAsync(installation, Enumerable.Range(0, 80).Select(i => $"round{round}reader{i}"));
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => claims.ClaimAsync($"w{worker}", 10, Outboxes.Noon, Lease, CancellationToken.None))));
            Assert.Equal(80, taken.Sum(mails => mails.Count) + (await claims.ClaimAsync("rest", 80, Outboxes.Noon, Lease, CancellationToken.None)).Count);
            Assert.Equal(80 * (round + 1), await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from claim"), CancellationToken.None));
            Assert.All(taken, mails => Assert.NotEmpty(mails));
        }
    }

    [Theory]
    [InlineData("Resend", "queued")]
    [InlineData("Hold", "in_doubt")]
    public async Task What_a_dead_worker_held_is_taken_back(string policy, string afterDoubt)
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, ["claimed", "doubtful", "alive"]);
        var claims = installation.Get<ClaimStore>();
        var ours = await claims.ClaimAsync("dead", 2, Outboxes.Noon, Lease, CancellationToken.None);
        await claims.ClaimAsync("alive", 1, Outboxes.Noon, Lease, CancellationToken.None);
        Assert.True(await Marks.MarkAsync(installation, new InDoubtMark(ours[1].Id, "dead", "id@x", Outboxes.Noon + Lease), Outboxes.Noon));

        var recovered = await claims.RecoverAsync(["dead"], [], Enum.Parse<InDoubtPolicy>(policy), Outboxes.Noon, CancellationToken.None);

        Assert.Equal(new Recovered(1, 1), recovered);
        Assert.Equal("queued", await Outboxes.StateAsync(installation, "claimed"));
        Assert.Equal(afterDoubt, await Outboxes.StateAsync(installation, "doubtful"));
        Assert.Equal("claimed", await Outboxes.StateAsync(installation, "alive"));
        Assert.Equal(1, (await claims.RecoverAsync([], [], InDoubtPolicy.Resend, Outboxes.Noon + Lease, CancellationToken.None)).Released);
    }

    [Fact]
    public async Task A_claim_that_was_taken_over_can_neither_mark_nor_settle()
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        var claims = installation.Get<ClaimStore>();
        var mail = Assert.Single(await claims.ClaimAsync("old", 1, Outboxes.Noon, Lease, CancellationToken.None));
        var later = Outboxes.Noon + Lease;
        await claims.RecoverAsync([], [], InDoubtPolicy.Resend, later, CancellationToken.None);
        Assert.Single(await claims.ClaimAsync("new", 1, later, Lease, CancellationToken.None));

        Assert.False(await Marks.MarkAsync(installation, new InDoubtMark(mail.Id, "old", "id@x", later), later));
        Assert.False(await Marks.SettleAsync(installation, "old", new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Bounced, "x"), later));
        Assert.True(await Marks.MarkAsync(installation, new InDoubtMark(mail.Id, "new", "id@x", later), later));
    }

    [Theory]
    [InlineData("active", false, true)]
    [InlineData("unsubscribed", false, false)]
    [InlineData("paused", false, false)]
    [InlineData("active", true, false)]
    public async Task An_issue_is_marked_only_for_who_still_wants_it(string state, bool suppressed, bool marked)
    {
        await using var installation = await Installation.CreateAsync(new FakeTimeProvider(Outboxes.Noon));
        await installation.Database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync(
                """
                insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at)
                values (1, 'reader@readers.example.net', 'reader@readers.example.net', 'en', 'UTC', 'daily', 7, 8, '', @state, '2026-01-01T00:00:00.000Z')
                """, new { state });
            if (suppressed)
                await transaction.ExecuteAsync("insert into suppression (address_key, reason, created_at) values ('reader@readers.example.net', 'complaint', '2026-01-01T00:00:00.000Z')");
        }, CancellationToken.None);
        await Outboxes.AddLettersAsync(installation, ["reader"], MailKind.Issue);
        var mail = Assert.Single(await installation.Get<ClaimStore>().ClaimAsync("w", 1, Outboxes.Noon, Lease, CancellationToken.None));

        var granted = await installation.Get<OutboxJournal>().MarkAsync(new InDoubtMark(mail.Id, "w", "id@x", Outboxes.Noon + Lease));

        Assert.Equal(marked, granted);
        Assert.Equal(marked ? "in_doubt" : "suppressed", await Outboxes.StateAsync(installation, "reader"));
    }

    [Fact]
    public async Task A_claim_that_has_ended_marks_nothing_and_leaves_the_mail_to_be_taken_back()
    {
        var time = new FakeTimeProvider(Outboxes.Noon);
        await using var installation = await Installation.CreateAsync(time);
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        var claims = installation.Get<ClaimStore>();
        var mail = Assert.Single(await claims.ClaimAsync("w", 1, Outboxes.Noon, Lease, CancellationToken.None));
        time.Advance(Lease);

        Assert.False(await installation.Get<OutboxJournal>().MarkAsync(new InDoubtMark(mail.Id, "w", "id@x", time.GetUtcNow() + Lease)));

        Assert.Equal("claimed", await Outboxes.StateAsync(installation, "reader"));
        Assert.Equal(1, (await claims.RecoverAsync([], [], InDoubtPolicy.Resend, time.GetUtcNow(), CancellationToken.None)).Released);
    }

    [Fact]
    public async Task A_worker_is_dead_when_its_process_is_gone_and_not_before()
    {
        await using var installation = await Installation.CreateAsync();
        using var watcher = new WorkerPresence(installation.Get<StorageOptions>());
        using (var other = new WorkerPresence(installation.Get<StorageOptions>()))
            Assert.DoesNotContain(other.Worker, watcher.Dead());
        await File.WriteAllTextAsync(Path.Combine(installation.Folder, "workers", "killed"), "");
        Assert.Equal(["killed"], watcher.Dead());
        watcher.Bury(["killed"]);
        Assert.Empty(watcher.Dead());
    }

    [Fact]
    public async Task Counts_and_states_stay_whole_when_the_row_says_otherwise()
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => installation.Get<OutboxJournal>().SettleAsync("w", new Settlement(1, OutboxState.Sent, OutboxState.Deferred, null)));
        Assert.Equal(1, await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where state = 'queued'"), CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_results_of_a_mail_in_one_group_the_one_that_is_not_of_its_claim_changes_nothing(bool first)
    {
        await using var installation = await Installation.CreateAsync();
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        var mail = Assert.Single(await installation.Get<ClaimStore>().ClaimAsync("w", 1, Outboxes.Noon, Lease, CancellationToken.None));
        Assert.True(await Marks.MarkAsync(installation, new InDoubtMark(mail.Id, "w", "id@x", Outboxes.Noon + Lease), Outboxes.Noon));
        OwnSettlement[] both =
        [
            new("w", new Settlement(mail.Id, OutboxState.InDoubt, OutboxState.Sent, "250 OK"), Outboxes.Noon),
            new("w", new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Deferred, "not ours"), Outboxes.Noon),
        ];
        var settle = installation.Get<MarkStore>().Settle(first ? both : [.. both.Reverse()]);

        await installation.Database.WriteSharedAsync(transaction => installation.Database.Rows.ChangeAsync(transaction, settle), CancellationToken.None);

        Assert.Equal("sent", await Outboxes.StateAsync(installation, "reader"));
    }
}
