using System.Collections.Concurrent;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Delivery.Limits;

/// <summary>Limits of several workers on one PostgreSQL, as the server sees them.</summary>
public sealed class LimitsOfAllTests(ITestOutputHelper output) : IAsyncLifetime, IAsyncDisposable
{
    private const int Workers = 3;

    private readonly ConcurrentBag<(string Domain, TimeSpan At)> seen = [];
    private readonly List<Installation> workers = [];
    private readonly LoopbackSmtp server = new();
    private string database = "";

    public async Task InitializeAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        server.Script.BeforeFinalAnswer = mail => { seen.Add((mail.Recipient[(mail.Recipient.IndexOf('@', StringComparison.Ordinal) + 1)..], TimeProvider.System.GetElapsedTime(start))); return Task.CompletedTask; };
        if (TestDatabase.HasPostgres)
            database = await TestDatabase.CreatePostgresAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => server.DisposeAsync();

    public async Task DisposeAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
        await server.DisposeAsync();
        if (TestDatabase.HasPostgres)
            await TestDatabase.DropPostgresAsync(database);
    }

    [FactWith<PostgresServer>]
    public async Task No_second_at_the_server_sees_more_than_the_settings_of_everything_and_of_a_domain()
    {
        await OpenAsync(("Delivery:PerSecond", "20"), ("Delivery:Domains:0:Domain", "slow.example"), ("Delivery:Domains:0:PerSecond", "5"));
        await AddAsync("slow.example", 25);
        await AddAsync("quick.example", 75);
        var since = TimeProvider.System.GetTimestamp();
        while (await Readers.QueryAsync(workers[0], "select 'owed' from outbox where state <> 'sent' limit 1") is not [])
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.Get<DeliveryRun>().RunAsync(CancellationToken.None))));
        output.WriteLine($"100 mails in {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s");
        AssertWithin(20, seen.Select(mail => mail.At));
        AssertWithin(5, seen.Where(mail => mail.Domain == "slow.example").Select(mail => mail.At));
        Assert.Equal(100, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
        Assert.Equal(100, seen.Count);
        Assert.Equal(0, await Readers.CountAsync(workers[0], "budget"));
    }

    [FactWith<PostgresServer>]
    public async Task An_hours_limit_is_used_up_and_not_exceeded_by_all_together()
    {
        await OpenAsync(("Delivery:PerHour", "50"));
        await AddAsync("quick.example", 120);
        var reports = new List<DeliveryReport>();
        do
        {
            reports.Clear();
            reports.AddRange(await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.Get<DeliveryRun>().RunAsync(CancellationToken.None)))));
        }
        while (reports.Sum(report => report.Sent) > 0);
        Assert.Equal(50, seen.Count);
        Assert.Contains(reports, report => report.LimitedUntil is not null);
    }

    [FactWith<PostgresServer>]
    public async Task A_domain_has_no_more_messages_under_way_than_it_is_given()
    {
        var (under, most) = (0, 0);
        server.Script.AtRecipient = async _ =>
        {
            var now = Interlocked.Increment(ref under);
            lock (seen)
                most = Math.Max(most, now);
            await Task.Delay(20);
            Interlocked.Decrement(ref under);
        };
        await OpenAsync(("Delivery:DomainConnections", "2"));
        await AddAsync("slow.example", 40);
        while (await Readers.QueryAsync(workers[0], "select 'owed' from outbox where state <> 'sent' limit 1") is not [])
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.Get<DeliveryRun>().RunAsync(CancellationToken.None))));
        Assert.InRange(most, 1, 2);
        Assert.Equal(40, seen.Count);
    }

    private async Task OpenAsync(params (string Key, string Value)[] settings)
    {
        var all = server.Settings(4);
        all["Storage:ConnectionString"] = database;
        foreach (var (key, value) in settings)
            all[key] = value;
        for (var i = 0; i < Workers; i++)
            workers.Add(await Installation.CreateAsync(TimeProvider.System, all));
    }

    private Task AddAsync(string domain, int count) => workers[0].Database.WriteAsync(async transaction =>
    {
        for (var i = 0; i < count; i++)
            await workers[0].Get<OutboxStore>().AddAsync(transaction, new OutboxMail { Key = $"welcome/{domain}/{i}", Kind = MailKind.Welcome, Recipient = $"r{i}@{domain}", Payload = new LetterPayload().ToJson(), CreatedAt = Outboxes.Noon });
    }, CancellationToken.None);

    private static void AssertWithin(int most, IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        for (var i = most; i < sorted.Length; i++)
            Assert.True(sorted[i] - sorted[i - most] >= TimeSpan.FromSeconds(1), $"{most + 1} within {sorted[i] - sorted[i - most]}");
    }
}
