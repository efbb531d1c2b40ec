using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Digest.Worker.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Workers;

/// <summary>Leases in a real database: who is alive, who does what, and what is refused to a worker that lost its part.</summary>
public sealed class LeaseStoreTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new(Outboxes.Noon);

    [Fact]
    public async Task One_alone_does_everything_and_a_second_gets_its_half_in_two_beats()
    {
        await using var installation = await Installation.CreateAsync(clock);
        var store = installation.Get<LeaseStore>();
        Assert.Equal(Shard.Count, (await BeatAsync(store, "a")).Shards.Count);
        Assert.Empty((await BeatAsync(store, "b")).Shards);
        Assert.Equal(Shard.Count / 2, (await BeatAsync(store, "a")).Shards.Count);
        var (a, b) = (await BeatAsync(store, "a"), await BeatAsync(store, "b"));
        Assert.Equal(Enumerable.Range(0, Shard.Count), a.Shards.Concat(b.Shards).Order());
        Assert.Equal(1, a.Schedule);
        Assert.Null(b.Schedule);
    }

    [Fact]
    public async Task The_part_of_one_that_is_silent_goes_to_others_when_its_lease_has_ended_and_of_one_that_is_known_to_be_gone_at_once()
    {
        await using var installation = await Installation.CreateAsync(clock);
        var store = installation.Get<LeaseStore>();
        await BeatAsync(store, "a");
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null((await BeatAsync(store, "b")).Schedule);
        clock.Advance(TimeSpan.FromSeconds(2));
        var taken = await BeatAsync(store, "b");
        Assert.Equal((2L, Shard.Count), (taken.Schedule, taken.Shards.Count));
        Assert.Equal(3, (await store.BeatAsync("c", ["b"], clock.GetUtcNow(), Lease, CancellationToken.None)).Schedule);
        await store.LeaveAsync(["c"], clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(4, (await BeatAsync(store, "d")).Schedule);
    }

    [Fact]
    public async Task What_one_does_for_all_is_cancelled_when_another_takes_over_and_what_it_still_writes_is_refused()
    {
        await using var installation = await Installation.CreateAsync(clock);
        var store = installation.Get<LeaseStore>();
        using var share = new WorkerShare();
        Assert.False(await share.DoForAllAsync(_ => throw new InvalidOperationException(), CancellationToken.None));
        share.Set(await BeatAsync(store, "a"));
        Assert.True(await share.DoForAllAsync(_ => WriteAsync(installation), CancellationToken.None));
        var written = await Readers.CountAsync(installation, "suppression");
        // Stopped for a while: it does not know yet that another has taken over.
        Assert.False(await share.DoForAllAsync(async _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await BeatAsync(store, "b");
            await WriteAsync(installation);
        }, CancellationToken.None));
        Assert.Equal(written, await Readers.CountAsync(installation, "suppression"));
        // What does not rely on the schedule is written as ever.
        await WriteAsync(installation);
        var working = share.DoForAllAsync(cancelled => Task.Delay(Timeout.Infinite, cancelled), CancellationToken.None);
        share.Set(await BeatAsync(store, "a"));
        Assert.False(await working);
        Assert.False(await share.DoForAllAsync(_ => throw new InvalidOperationException(), CancellationToken.None));
    }

    private Task<Portion> BeatAsync(LeaseStore store, string worker) => store.BeatAsync(worker, [], clock.GetUtcNow(), Lease, CancellationToken.None);

    private static Task<int> WriteAsync(Installation installation) => installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(
        "insert into suppression (address_key, reason, detail, created_at) values (@key, 'x', '', '')", new { key = Guid.NewGuid().ToString() }), CancellationToken.None);
}
