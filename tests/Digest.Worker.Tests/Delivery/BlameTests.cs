using Digest.Worker.Alerts;
using Digest.Worker.Delivery;
using Digest.Worker.Operations;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

/// <summary>What answers mean for addresses, domains and the whole.</summary>
public sealed class BlameTests
{
    private readonly PretendedTime clock = new(Outboxes.Noon);

    [Fact]
    public async Task No_such_user_must_be_said_on_two_days_and_policy_never_counts()
    {
        await using var server = new LoopbackSmtp();
        server.Script.Recipient["dead"] = "550 5.1.1 User unknown";
        server.Script.Recipient["lucky"] = "550 5.1.1 User unknown";
        server.Script.Recipient["policy"] = "550 5.7.1 Access denied, user unknown to our policy";
        await using var installation = await CreateAsync(server);
        var readers = new List<long>();
        foreach (var name in new[] { "dead", "lucky", "policy" })
            readers.Add((await Readers.AddAsync(installation, $"{name}@readers.example.net", "graphs")).Id);
        for (var day = 0; day < 3; day++)
        {
            if (day == 1)
                server.Script.Recipient.TryRemove("lucky", out _);
            if (day == 2)
                server.Script.Recipient["lucky"] = "550 5.1.1 User unknown";
            await SendAsync(installation, readers, day);
            Assert.Equal(day == 0 ? [] : ["dead@readers.example.net"], await Readers.QueryAsync(installation, "select address_key from suppression"));
            clock.MoveTo(clock.GetUtcNow().AddDays(1));
        }
        Assert.Equal(["active", "active", "unsubscribed"], (await Readers.QueryAsync(installation, "select state from subscriber")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_all_answers_only_those_for_an_address_that_is_no_more_suppress_it()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await CreateAsync(server, ("Delivery:PauseAfter", "0"));
        var (readers, dead) = (new List<long>(), new List<string>());
        foreach (var parts in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Delivery", "Cases", "answers.txt")).Where(line => line.StartsWith("recipient", StringComparison.Ordinal) || line.StartsWith("message", StringComparison.Ordinal))
            .Select(line => line.Split('|', 3, StringSplitOptions.TrimEntries)).Where(parts => parts[1] is not ("Host" or "Configuration") && parts[2][3] != '-'))
        {
            var local = $"case{readers.Count}";
            (parts[0] == "recipient" ? server.Script.Recipient : server.Script.Message)[local] = parts[2];
            readers.Add((await Readers.AddAsync(installation, $"{local}@readers.example.net", "graphs")).Id);
            if (parts[1] == "Hard")
                dead.Add($"{local}@readers.example.net");
        }
        for (var day = 0; day < 3; day++)
        {
            await SendAsync(installation, readers, day);
            while (await installation.Get<PauseStore>().EndAsync(null, clock.GetUtcNow(), CancellationToken.None) > 0)
                await RunAsync(installation);
            clock.MoveTo(clock.GetUtcNow().AddDays(1));
        }
        Assert.NotEmpty(dead);
        Assert.Equal(dead.Order(StringComparer.Ordinal), (await Readers.QueryAsync(installation, "select address_key from suppression")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mailbox_full_on_five_days_is_suppressed()
    {
        await using var server = new LoopbackSmtp();
        server.Script.Recipient["full"] = "452 4.2.2 Mailbox full";
        await using var installation = await CreateAsync(server);
        var reader = (await Readers.AddAsync(installation, "full@readers.example.net", "graphs")).Id;
        for (var day = 0; day < 5; day++)
        {
            Assert.Equal(0, await Readers.CountAsync(installation, "suppression"));
            await SendAsync(installation, [reader], day);
            await SendAsync(installation, [reader], day + 100);
            clock.MoveTo(clock.GetUtcNow().AddDays(1));
        }
        Assert.Equal(1, await Readers.CountAsync(installation, "suppression"));
    }

    [Fact]
    public async Task Mail_after_mail_refused_stops_before_the_list_is_burnt_and_the_alarm_gets_out()
    {
        const int list = 600;
        await using var server = new LoopbackSmtp();
        foreach (var i in Enumerable.Range(1, list))
            server.Script.Recipient[$"reader{i}"] = "550 5.1.1 User unknown";
        await using var installation = await CreateAsync(server, ("Delivery:PauseAfter", "20"), ("Alerts:To", "ops@example.org"));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, list).Select(i => $"reader{i}"));

        Assert.Contains("paused", (await RunAsync(installation)).Stopped, StringComparison.Ordinal);
        var refused = server.Lines.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal));
        // What is on its way when the pause is written down still goes out: more the longer a commit takes, never the list.
        Assert.InRange(refused, 20, list / 2);
        Assert.Equal(1, (await RunAsync(installation)).Sent);
        Assert.Equal("ops@example.org", Assert.Single(server.Mails).Recipient);
        Assert.Equal(refused + 1, server.Lines.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));

        server.Script.Recipient.Clear();
        clock.MoveTo(clock.GetUtcNow() + Pauses.Length + TimeSpan.FromMinutes(1));
        Assert.Equal(list - refused, (await RunAsync(installation)).Sent - 1);
        Assert.Contains(await Readers.QueryAsync(installation, "select payload from outbox where kind = 'alarm' order by id"), payload => payload.Contains("Over:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_domain_that_thinks_ill_of_us_is_left_alone_and_the_others_go_on()
    {
        await using var server = new LoopbackSmtp();
        foreach (var i in Enumerable.Range(1, 15))
            server.Script.Recipient[$"reader{i}"] = "550 5.7.1 blocked";
        await using var installation = await CreateAsync(server, ("Smtp:Connections", "1"));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 15).Select(i => $"reader{i}"));
        await RunAsync(installation);
        await Outboxes.AddLettersAsync(installation, ["late"]);
        await installation.Database.WriteAsync(transaction => installation.Get<OutboxStore>().AddAsync(transaction,
            new OutboxMail { Key = "welcome/other/1", Kind = MailKind.Welcome, Recipient = "r@other.example", Payload = new LetterPayload().ToJson(), CreatedAt = Outboxes.Noon }), CancellationToken.None);

        Assert.Equal(1, (await RunAsync(installation)).Sent);

        Assert.Equal("r@other.example", Assert.Single(server.Mails).Recipient);
        Assert.Equal("domain/readers.example.net", Assert.Single(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None)).Key);
        Assert.Equal(0, await Readers.CountAsync(installation, "suppression"));
        await installation.Get<PauseStore>().EndAsync("readers.example.net", clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(1, (await RunAsync(installation)).Sent);
    }

    [Fact]
    public async Task What_is_deferred_at_one_moment_comes_back_with_at_most_two_in_a_hundred_in_any_second()
    {
        var mails = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_DEFERRED"), out var many) ? many : 1_000;
        await using var server = new LoopbackSmtp();
        server.Script.AnyRecipient = "451 4.3.0 Busy";
        await using var installation = await CreateAsync(server);
        // As many are taken in between: they must not take their part of the spread along.
        string[] locals = [.. Enumerable.Range(1, mails).SelectMany(i => new[] { $"reader{i}", $"taken{i}" })];
        new Random(2).Shuffle(locals);
        foreach (var taken in locals.Where(local => local[0] == 't'))
            server.Script.Recipient[taken] = "250 2.1.5 Ok";
        await Outboxes.AddLettersAsync(installation, locals);
        // All at one moment: the clock stands still.
        await using var still = await Installation.CreateAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Outboxes.Noon), server.Settings(4), installation.Folder);
        Assert.Equal(mails, (await RunAsync(still)).Count(OutboxState.Deferred));
        var worst = (await Readers.QueryAsync(installation, "select cast(count(*) as text) from outbox where state = 'deferred' group by substr(due_at, 1, 19)")).Max(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(worst <= mails / 50, $"{worst} of {mails} in one second");
    }

    private static Task<DeliveryReport> RunAsync(Installation installation) => installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

    private Task<Installation> CreateAsync(LoopbackSmtp server, params (string Key, string Value)[] settings)
    {
        var all = server.Settings(4);
        foreach (var (key, value) in settings)
            all[key] = value;
        return Installation.CreateAsync(clock, all);
    }

    private async Task SendAsync(Installation installation, IEnumerable<long> readers, int occasion)
    {
        await installation.Database.WriteAsync(async transaction =>
        {
            foreach (var id in readers)
                await installation.Get<OutboxStore>().AddAsync(transaction, new OutboxMail
                {
                    Key = $"welcome/{id}/{occasion}",
                    Kind = MailKind.Welcome,
                    SubscriberId = id,
                    Recipient = (await Readers.FindAsync(installation, id)).Email,
                    Payload = new LetterPayload().ToJson(),
                    CreatedAt = clock.GetUtcNow(),
                });
        }, CancellationToken.None);
        await RunAsync(installation);
    }
}
