using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Outbox;

/// <summary>What workers draw of a common limit, in a real database.</summary>
public sealed class BudgetStoreTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider clock = new(Outboxes.Noon);

    [Fact]
    public async Task What_one_holds_no_other_gets_until_it_is_given_back_or_its_lease_has_ended()
    {
        await using var installation = await Installation.CreateAsync(clock);
        Assert.Equal(7, (await DrawAsync(installation, "a", kept: 0, wanted: 7)).Drawn);
        Assert.Equal(3, (await DrawAsync(installation, "b", kept: 0, wanted: 7)).Drawn);
        Assert.Equal(0, (await DrawAsync(installation, "c", kept: 0, wanted: 1)).Drawn);
        await DrawAsync(installation, "a", kept: 5, wanted: 0);
        Assert.Equal(2, (await DrawAsync(installation, "c", kept: 0, wanted: 9)).Drawn);
        await installation.Get<BudgetStore>().GiveBackAsync("b", CancellationToken.None);
        Assert.Equal(3, (await DrawAsync(installation, "d", kept: 0, wanted: 9)).Drawn);
        clock.Advance(TimeSpan.FromMinutes(2.9));
        Assert.Equal(0, (await DrawAsync(installation, "e", kept: 0, wanted: 9)).Drawn);
        clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(9, (await DrawAsync(installation, "e", kept: 0, wanted: 9)).Drawn);
    }

    [Fact]
    public async Task What_was_sent_counts_for_the_length_of_the_window_and_for_its_own_domain()
    {
        await using var installation = await Installation.CreateAsync(clock);
        await SendAsync(installation, "x.example", 6);
        clock.Advance(TimeSpan.FromMinutes(20));
        await SendAsync(installation, "y.example", 4);
        var none = await DrawAsync(installation, "a", kept: 0, wanted: 1);
        Assert.Equal((0, 40), (none.Drawn, (int)Math.Round(none.Wait!.Value.TotalMinutes)));
        Assert.Equal(4, (await DrawAsync(installation, "a", kept: 0, wanted: 9, domain: "x.example")).Drawn);
        clock.Advance(TimeSpan.FromMinutes(41));
        Assert.Equal(6, (await DrawAsync(installation, "a", kept: 0, wanted: 9)).Drawn);
    }

    [Fact]
    public async Task Who_gives_back_what_was_drawn_is_not_told_to_wait()
    {
        await using var installation = await Installation.CreateAsync(clock);
        await SendAsync(installation, "x.example", 6);
        Assert.Equal(4, (await DrawAsync(installation, "a", kept: 0, wanted: 4)).Drawn);
        // The limit is not reached: a worker that took this for its time to wait would send nothing for an hour.
        Assert.Null((await DrawAsync(installation, "a", kept: 0, wanted: 0)).Wait);
    }

    [Fact]
    public async Task A_mail_in_doubt_of_a_worker_that_is_gone_counts_and_what_is_under_way_of_one_that_lives_counts_once()
    {
        await using var installation = await Installation.CreateAsync(clock);
        await Outboxes.AddLettersAsync(installation, ["one", "two"]);
        await installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("insert into claim (mail_id, worker, until, marked_at) select id, 'a', '2030-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z' from outbox"), CancellationToken.None);
        await DrawAsync(installation, "a", kept: 2, wanted: 0);
        Assert.Equal(8, (await DrawAsync(installation, "b", kept: 0, wanted: 20)).Drawn);
        await installation.Get<BudgetStore>().GiveBackAsync("b", CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(8, (await DrawAsync(installation, "b", kept: 0, wanted: 20)).Drawn);
    }

    private async Task<BudgetDraw> DrawAsync(Installation installation, string worker, int kept, int wanted, string domain = "") =>
        Assert.Single(await installation.Get<BudgetStore>().DrawAsync(worker, [new BudgetWish(domain, Hour, 10, kept, wanted)], clock.GetUtcNow(), CancellationToken.None));

    private Task SendAsync(Installation installation, string domain, int count) => installation.Database.WriteAsync(async transaction =>
    {
        for (var i = 0; i < count; i++)
            await transaction.ExecuteAsync("insert into sending (at, domain) values (@at, @domain)", new { at = clock.GetUtcNow(), domain });
    }, CancellationToken.None);
}
