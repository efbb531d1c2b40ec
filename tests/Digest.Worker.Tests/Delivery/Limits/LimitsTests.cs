using System.Collections.Concurrent;
using Digest.Worker.Delivery;
using Digest.Worker.Operations;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery.Limits;

/// <summary>Limits as a server sees them.</summary>
public sealed class LimitsTests
{
    private readonly PretendedTime clock = new(Outboxes.Noon);

    [Fact]
    public async Task No_second_at_the_server_sees_more_than_the_setting()
    {
        await using var server = new LoopbackSmtp();
        var times = new ConcurrentBag<TimeSpan>();
        var start = TimeProvider.System.GetTimestamp();
        server.Script.BeforeFinalAnswer = _ => { times.Add(TimeProvider.System.GetElapsedTime(start)); return Task.CompletedTask; };
        await using var installation = await CreateAsync(server, ("Delivery:PerSecond", "15"));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 40).Select(i => $"reader{i}"));

        Assert.Equal(40, (await RunAsync(installation)).Sent);

        var sorted = times.Order().ToArray();
        for (var i = 15; i < sorted.Length; i++)
            Assert.True(sorted[i] - sorted[i - 15] >= TimeSpan.FromSeconds(1), $"16 within {sorted[i] - sorted[i - 15]}");
    }

    [Fact]
    public async Task An_hours_limit_holds_over_restarts_and_the_next_hour_goes_on()
    {
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        for (var start = 0; start < 3; start++)
        {
            await using var installation = await CreateAsync(server, folder.Path, ("Delivery:PerHour", "30"));
            if (start == 0)
                await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 50).Select(i => $"reader{i}"));
            var report = await RunAsync(installation);
            Assert.Equal(start == 0 ? 30 : 0, report.Sent);
            Assert.NotNull(report.LimitedUntil);
            Assert.Null(report.Stopped);
            clock.MoveTo(clock.GetUtcNow().AddMinutes(20));
        }
        clock.MoveTo(Outboxes.Noon.AddMinutes(61));
        await using var later = await CreateAsync(server, folder.Path, ("Delivery:PerHour", "30"));
        Assert.Equal(20, (await RunAsync(later)).Sent);
        Assert.Equal(50, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
    }

    [Fact]
    public async Task A_refusal_counts_too_and_a_mail_in_doubt()
    {
        await using var server = new LoopbackSmtp();
        server.Script.Recipient["reader1"] = "550 5.2.0 no";
        server.Script.Message["reader2"] = SmtpScript.Drop;
        await using var installation = await CreateAsync(server, ("Delivery:PerHour", "5"), ("Smtp:Connections", "1"));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 20).Select(i => $"reader{i}"));
        Assert.Equal(3, (await RunAsync(installation)).Sent);
        Assert.Equal(0, (await RunAsync(installation)).Sent);
    }

    [Fact]
    public async Task A_domain_at_its_limit_holds_up_no_other_and_its_mails_are_spread()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await CreateAsync(server, ("Delivery:DomainPerHour", "100"), ("Delivery:Domains:0:Domain", "Bücher.example"), ("Delivery:Domains:0:PerHour", "5"));
        await AddAsync(installation, "xn--bcher-kva.example", 17);
        await AddAsync(installation, "quick.example", 20);

        Assert.Equal(25, (await RunAsync(installation)).Sent);

        Assert.Equal(5, server.Mails.Count(mail => mail.Recipient.EndsWith("@xn--bcher-kva.example", StringComparison.Ordinal)));
        var due = (await Readers.QueryAsync(installation, "select due_at from outbox where state = 'queued' order by due_at")).Select(text => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) - clock.GetUtcNow()).ToArray();
        Assert.Equal(12, due.Length);
        Assert.Equal([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3], due.Select(wait => (int)Math.Round(wait.TotalHours)));
    }

    [Fact]
    public async Task What_was_read_for_a_mail_that_a_domain_lets_wait_is_let_go()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await CreateAsync(server, ("Delivery:Domains:0:Domain", "full.example"), ("Delivery:Domains:0:PerHour", "1"), ("Smtp:Connections", "2"));
        await AddAsync(installation, "full.example", 20);
        await AddAsync(installation, "quick.example", 1);
        var kept = -1;
        // While one is under way the other connection comes to those that must wait.
        server.Script.AtRecipient = async recipient =>
        {
            var since = TimeProvider.System.GetTimestamp();
            while (recipient.EndsWith("quick.example", StringComparison.Ordinal) && (kept = installation.Get<MailComposition>().ReadAhead) > 0 && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20))
                await Task.Delay(10);
        };
        Assert.Equal(2, (await RunAsync(installation)).Sent);
        Assert.Equal(0, kept);
    }

    [Fact]
    public async Task A_domain_has_no_more_connections_than_it_is_given()
    {
        await using var server = new LoopbackSmtp();
        var (under, most) = (0, 0);
        server.Script.AtRecipient = async recipient =>
        {
            if (!recipient.EndsWith("slow.example", StringComparison.Ordinal))
                return;
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Delay(20);
            Interlocked.Decrement(ref under);
        };
        await using var installation = await CreateAsync(server, ("Delivery:DomainConnections", "2"), ("Smtp:Connections", "6"));
        await AddAsync(installation, "slow.example", 30);
        await AddAsync(installation, "quick.example", 30);
        Assert.Equal(60, (await RunAsync(installation)).Sent);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_new_sender_is_warmed_up_day_by_day()
    {
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        (string, string)[] settings = [("Delivery:WarmUp:0", "5"), ("Delivery:WarmUp:1", "12"), ("Delivery:WarmUpFrom", "2026-01-26")];
        var sent = new List<int>();
        for (var day = 0; day < 3; day++)
        {
            await using var installation = await CreateAsync(server, folder.Path, settings);
            if (day == 0)
                await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 60).Select(i => $"reader{i}"));
            sent.Add((await RunAsync(installation)).Sent);
            sent.Add((await RunAsync(installation)).Sent);
            clock.MoveTo(Outboxes.Noon.AddDays(day + 1).AddMinutes(5));
        }
        Assert.Equal([5, 0, 12, 0, 43, 0], sent);
    }

    // On PostgreSQL they draw from the same limits: LimitsOfAllTests.
    [Fact]
    [Trait("Engine", "sqlite")]
    public async Task While_limits_are_set_one_worker_sends_at_a_time()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await CreateAsync(server, ("Delivery:PerHour", "1000"));
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        await using var other = await CreateAsync(server, installation.Folder, ("Delivery:PerHour", "1000"));
        using (other.Get<WorkerPresence>().TryBeSoleSender())
            Assert.Contains("another worker", (await RunAsync(installation)).Stopped, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(installation)).Sent);
    }

    [Theory]
    [InlineData("Delivery:PerHour", "-1")]
    [InlineData("Delivery:WarmUp:0", "5")]
    [InlineData("Delivery:Domains:0:Domain", "a@b")]
    [InlineData("Smtp:0:Port", "99999")]
    public void A_limit_that_cannot_be_names_its_key(string key, string value)
    {
        var fault = Assert.ThrowsAny<Exception>(() => DigestHost.Build(TimeProvider.System, new Dictionary<string, string?> { [key] = value }));
        Assert.Contains(key == "Delivery:WarmUp:0" ? "Delivery:WarmUpFrom" : key, fault.Message, StringComparison.Ordinal);
    }

    private static Task<DeliveryReport> RunAsync(Installation installation) => installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

    private Task<Installation> CreateAsync(LoopbackSmtp server, params (string Key, string Value)[] settings) => CreateAsync(server, null, settings);

    private Task<Installation> CreateAsync(LoopbackSmtp server, string? folder, params (string Key, string Value)[] settings)
    {
        var all = server.Settings(4);
        foreach (var (key, value) in settings)
            all[key] = value;
        return Installation.CreateAsync(clock, all, folder);
    }

    private static Task AddAsync(Installation installation, string domain, int count) => installation.Database.WriteAsync(async transaction =>
    {
        for (var i = 0; i < count; i++)
            await installation.Get<OutboxStore>().AddAsync(transaction, new OutboxMail { Key = $"welcome/{domain}/{i}", Kind = MailKind.Welcome, Recipient = $"r{i}@{domain}", Payload = new LetterPayload().ToJson(), CreatedAt = Outboxes.Noon });
    }, CancellationToken.None);
}
