using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Scheduling;

/// <summary>The whole service, its schedule driven by one fake clock, over the nights on which the clocks change.</summary>
public sealed class DaylightSavingTests
{
    [Theory]
    // The hour 2 does not exist on the Sunday: the issue is due at the first moment after the gap.
    [InlineData("Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-28T01:00:00Z 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-06T17:00:00Z", "2026-03-07T07:00:00Z 2026-03-08T07:00:00Z 2026-03-09T06:00:00Z")]
    // The hour 2 (New York: 1) comes twice on the Sunday: the issue is due at its first passing, and once.
    [InlineData("Europe/Berlin", "2026-10-23T12:00:00Z", "2026-10-24T00:00:00Z 2026-10-25T00:00:00Z 2026-10-26T01:00:00Z")]
    [InlineData("America/New_York", "2026-10-30T17:00:00Z", "2026-10-31T05:00:00Z 2026-11-01T05:00:00Z 2026-11-02T06:00:00Z", "1")]
    public async Task One_issue_a_day_at_the_readers_own_hour(string zone, string start, string slots, string hour = "2")
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        using var folder = new TestFolder();
        await using var app = DigestHost.Build(clock, new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = TestDatabase.ConnectionString(folder.Path),
            ["Storage:DataFolder"] = folder.Path,
            ["Web:Urls"] = "http://127.0.0.1:0",
            ["Web:OperatorUrls"] = "http://127.0.0.1:0",
        }, serving: true, adjust: builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        await app.Services.GetRequiredService<Subscriptions>().AddAsync(
            new SubscriberDraft { Email = "reader@example.org", Timezone = zone, Hour = hour, NothingToday = true }, "test", null, CancellationToken.None);
        await app.StartAsync();
        var expected = slots.Split(' ');
        var times = expected.Select(slot => DateTimeOffset.Parse(slot, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        while (clock.GetUtcNow() < times[^1].AddHours(3))
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            await Task.Delay(20);
            // A late tick is no fault: what is due waits for it. But it waits for the tick before the next slot, with which it would become one issue.
            for (var patience = 0; (await SlotsAsync(app)).Count < times.Count(time => time <= clock.GetUtcNow()) && patience < 2_000; patience++)
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                await Task.Delay(20);
            }
        }
        await app.StopAsync();
        Assert.Equal(expected, (await SlotsAsync(app)).Select(slot => slot.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(expected.Length, await Database(app).ReadAsync(connection => connection.ExecuteScalarAsync<int>("select count(*) from outbox where kind = 'issue'"), CancellationToken.None));
    }

    private static Database Database(WebApplication app) => app.Services.GetRequiredService<Database>();

    private static Task<IReadOnlyList<DateTimeOffset>> SlotsAsync(WebApplication app) => Database(app).ReadAsync<IReadOnlyList<DateTimeOffset>>(
        async connection => (await connection.QueryAsync<DateTimeOffset>("select due_at from issue order by due_at")).AsList(), CancellationToken.None);
}
