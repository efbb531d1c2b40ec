using System.Globalization;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Workers;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Workers;

/// <summary>The real program, several of it on one PostgreSQL. <c>DIGEST_SLOTS</c> makes it as long as one likes; CI runs a short one.</summary>
public sealed class SchedulersTests(ITestOutputHelper output)
{
    private const int Schedulers = 5;
    private const int Subscribers = 200;

    private static readonly int Slots = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_SLOTS"), CultureInfo.InvariantCulture, out var value) ? value : 2;

    private static readonly Dictionary<string, string?> Quick = new() { ["Schedule:ComposeSeconds"] = "1", ["Smtp:Connections"] = "2" };

    [FactWith<PostgresServer>]
    public async Task Five_schedulers_started_at_once_on_one_slot_make_one_issue_for_each_subscriber()
    {
        await using var cluster = await Cluster.CreateAsync();
        for (var i = 0; i < Subscribers; i++)
            await Readers.AddAsync(cluster.Look, $"reader{i}@example.org", "graph coloring", new SubscriberDraft { Hour = $"{Readers.FarHour}" });
        var mails = 0;
        for (var slot = 0; slot < Slots; slot++)
        {
            await cluster.ArriveAsync("graph coloring", 3, (slot * 3) + 1);
            var due = TypeHandlers.ToText(TimeProvider.System.GetUtcNow().AddSeconds(-1));
            await cluster.Look.Database.WriteAsync(transaction => transaction.ExecuteAsync("update subscriber set next_due_at = @due", new { due }), CancellationToken.None);
            var schedulers = Enumerable.Range(0, Schedulers).Select(i => cluster.Start($"scheduler{i}", Quick, "serve")).ToList();
            await cluster.UntilNoneAsync($"select count(*) from subscriber where next_due_at = '{due}'");
            await cluster.UntilNoneAsync("select count(*) from outbox where state <> 'sent'");
            mails += Subscribers;
            Assert.Equal(Subscribers, await cluster.NumberAsync($"select count(*) from issue where due_at = '{due}'"));
            Assert.Equal(Subscribers, await cluster.NumberAsync($"select count(distinct subscriber_id) from issue where due_at = '{due}'"));
            Assert.Equal(mails, await cluster.NumberAsync("select count(*) from outbox"));
            Assert.Equal(mails, cluster.Picked().Count());
            Assert.All(await Task.WhenAll(schedulers.Select(scheduler => scheduler.TerminateAsync())), code => Assert.Equal(0, code));
        }
        Assert.Equal(3L * Subscribers * Slots, await cluster.NumberAsync("select count(*) from issue_paper"));
        output.WriteLine($"{Slots} slots, {Schedulers} schedulers each: {mails} issues, one for each subscriber and slot");
    }

    [FactWith<PostgresServer>]
    public async Task Who_is_to_get_an_issue_at_once_need_not_wait_for_the_next_tick_also_after_the_connection_broke()
    {
        await using var cluster = await Cluster.CreateAsync();
        await cluster.ArriveAsync("graph coloring", 3, 1);
        _ = cluster.Start("worker", new Dictionary<string, string?>(Quick) { ["Schedule:ComposeSeconds"] = "3600", ["Schedule:HarvestSeconds"] = "86400" }, "serve");
        await cluster.UntilNoneAsync("select 1 - count(*) from lease where name = 'schedule'");
        await AddAsync(cluster, "ada@example.org");
        await UntilSentAsync(cluster, 1);
        await cluster.NumberAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        // The first is found when it listens again, the second is told.
        await AddAsync(cluster, "ben@example.org");
        await UntilSentAsync(cluster, 2);
        await AddAsync(cluster, "cyd@example.org");
        await UntilSentAsync(cluster, 3);
    }

    [FactWith<PostgresServer>]
    public async Task Who_joins_has_an_even_part_and_the_part_of_one_that_was_killed_goes_to_the_others()
    {
        await using var cluster = await Cluster.CreateAsync();
        var first = cluster.Start("first", Quick, "serve");
        await UntilAsync(cluster, workers: 1);
        var second = cluster.Start("second", Quick, "serve");
        _ = cluster.Start("third", Quick, "serve");
        await UntilAsync(cluster, workers: 3);
        var since = TimeProvider.System.GetTimestamp();
        await first.KillAsync();
        await UntilAsync(cluster, workers: 2);
        output.WriteLine($"balanced {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s after the death of the one with the schedule");
        // The schedule went too, and what its holder may have left undone was done.
        Assert.Equal(2, await cluster.NumberAsync("select token from lease where name = 'schedule'"));
        Assert.Equal(0, await second.TerminateAsync());
        await UntilAsync(cluster, workers: 1);
    }

    /// <summary>Waits until so many workers have all of the work, in even parts.</summary>
    private static async Task UntilAsync(Cluster cluster, int workers)
    {
        var share = (Shard.Count + workers - 1) / workers;
        while (await cluster.NumberAsync(
            $"""
            select case when (select count(*) from worker) = {workers} and count(*) = {workers} and sum(n) = {Shard.Count} and max(n) <= {share} then 1 else 0 end
            from (select worker, count(*) as n from lease where name <> 'schedule' and worker in (select id from worker) group by worker) parts
            """) == 0)
            await Task.Delay(100);
    }

    /// <summary>Long before anybody looks by themselves.</summary>
    private static Task UntilSentAsync(Cluster cluster, int mails) =>
        cluster.UntilNoneAsync($"select {mails} - count(*) from outbox where state = 'sent'").WaitAsync(TimeSpan.FromMinutes(5));

    private static async Task AddAsync(Cluster cluster, string email) =>
        Assert.Equal(0, await cluster.Start($"verb for {email}", new Dictionary<string, string?>(), "subscriber", "add", email, "--interest", "graph coloring", "--now").WaitAsync());
}
