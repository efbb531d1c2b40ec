using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

/// <summary>
/// Mails that are marked before their turn. Over one connection, and with a clock that stands, the first two mails go one by one, the second marks the
/// third, the fourth the three behind it, and so on.
/// </summary>
public sealed class MarkingTests
{
    [Fact]
    public async Task What_was_marked_ahead_is_given_back_at_a_stop_and_sent_by_the_next_run()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 20);
        using var stop = new CancellationTokenSource();
        var standing = 0L;
        At(server, "r04", async () =>
        {
            standing = await InDoubtAsync(installation);
            await stop.CancelAsync();
        });

        await installation.Get<DeliveryRun>().RunAsync(stop.Token);

        Assert.Equal(4, standing);
        Assert.Equal(["queued", "sent"], await Outboxes.StatesAsync(installation));
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(20, server.Mails.Count);
        Assert.Equal(20, server.Mails.Select(mail => mail.Recipient).Distinct().Count());
    }

    [Theory]
    [InlineData("Delivery:InDoubt", "hold")]
    [InlineData("Delivery:DomainPerHour", "1000")]
    public async Task Where_what_may_have_been_sent_is_held_or_counted_none_is_marked_ahead(string setting, string value)
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 20, (setting, value));
        var standing = 0L;
        At(server, "r10", async () => standing = await InDoubtAsync(installation));

        Assert.Equal(20, (await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Sent);
        Assert.Equal(1, standing);
    }

    [Fact]
    public async Task One_whose_mark_is_denied_ahead_is_never_begun()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 8);
        At(server, "r03", () => SuppressAsync(installation, "r06"));

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal(1, report.Counts[OutboxState.Suppressed]);
        Assert.Equal("suppressed", await Outboxes.StateAsync(installation, "r06"));
        Assert.DoesNotContain(server.Lines, line => line.Contains("r06@", StringComparison.Ordinal));
        Assert.Equal(7, server.Mails.Count);
    }

    [Fact]
    public async Task Who_leaves_while_a_slow_server_is_waited_for_gets_nothing_although_it_was_marked()
    {
        var clock = new StandingClock();
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 8, clock);
        At(server, "r04", async () =>
        {
            await SuppressAsync(installation, "r06");
            clock.Stamp += 31 * clock.TimestampFrequency;
        });

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal("suppressed", await Outboxes.StateAsync(installation, "r06"));
        Assert.Equal(["r01", "r02", "r03", "r04", "r05", "r07", "r08"], server.Mails.Select(mail => mail.Local).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mark_that_is_asked_for_anew_in_vain_holds_its_mail_no_longer_than_the_run()
    {
        var clock = new StandingClock();
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 8, clock);
        // The first mark of each is taken, a second of r06 is not.
        await Outboxes.RefuseAsync(installation, "claim", "old.marked_at is not null and new.marked_at is not null and new.mail_id = 6");
        At(server, "r04", () =>
        {
            clock.Stamp += 31 * clock.TimestampFrequency;
            return Task.CompletedTask;
        });

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(7, server.Mails.Count);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal(8, server.Mails.Select(mail => mail.Local).Distinct().Count());
        Assert.Equal(8, server.Mails.Count);
    }

    [Fact]
    public async Task A_mail_that_is_asked_for_twice_is_granted_once()
    {
        await using var installation = await Installation.CreateAsync(new StandingClock());
        await Outboxes.AddLettersAsync(installation, ["r01"]);
        var mail = Assert.Single(await installation.Get<ClaimStore>().ClaimAsync("w", 1, Outboxes.Noon, TimeSpan.FromMinutes(2), CancellationToken.None));
        var mark = new InDoubtMark(mail.Id, "w", "id@x", Outboxes.Noon.AddMinutes(20));

        var granted = await Task.WhenAll(installation.Get<OutboxJournal>().MarkAsync([mark, mark]));

        Assert.Equal([true, false], granted);
        Assert.False(await installation.Get<OutboxJournal>().MarkAsync(mark));
        Assert.True(await installation.Get<OutboxJournal>().MarkAsync(mark with { Again = true }));
    }

    [Fact]
    public async Task A_refusal_before_its_mark_was_needed_settles_what_was_marked_ahead()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 8);
        server.Script.Recipient["r06"] = "550 5.1.1 User unknown";
        At(server, "r07", () =>
        {
            server.Script.AnyRecipient = "421 4.3.2 Going down";
            return Task.CompletedTask;
        });

        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal("bounced", await Outboxes.StateAsync(installation, "r06"));
        Assert.Equal("sent", await Outboxes.StateAsync(installation, "r07"));
        Assert.Equal("queued", await Outboxes.StateAsync(installation, "r08"));
    }

    [Fact]
    public async Task A_connection_that_waits_for_its_results_has_them_written_at_once()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await LettersAsync(server, 60);
        installation.Get<OutboxJournal>().Company = TimeSpan.FromHours(1);

        // Over one connection most are marked ahead, and no mark comes that a result could be written with.
        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(60, report.Counts[OutboxState.Sent]);
    }

    private static Task<Installation> LettersAsync(LoopbackSmtp server, int letters, params (string, string)[] more) => LettersAsync(server, letters, new StandingClock(), more);

    private static async Task<Installation> LettersAsync(LoopbackSmtp server, int letters, TimeProvider clock, params (string Key, string Value)[] more)
    {
        var settings = server.Settings(sessions: 1);
        foreach (var (key, value) in more)
            settings[key] = value;
        var installation = await Installation.CreateAsync(clock, settings);
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, letters).Select(i => $"r{i:00}"));
        return installation;
    }

    private static void At(LoopbackSmtp server, string local, Func<Task> act) => server.Script.BeforeFinalAnswer = mail => mail.Local == local ? act() : Task.CompletedTask;

    private static async Task<long> InDoubtAsync(Installation installation) => long.Parse(Assert.Single(await Readers.QueryAsync(installation, "select cast(count(*) as text) from claim where marked_at is not null")), System.Globalization.CultureInfo.InvariantCulture);

    private static Task SuppressAsync(Installation installation, string local) => installation.Database.WriteAsync(
        transaction => installation.Get<Subscriptions>().SuppressAsync(transaction, $"{local}@readers.example.net", "operator", null), CancellationToken.None);

    /// <summary>Stands, and so does its stopwatch.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public long Stamp { get; set; } = 1;

        public override DateTimeOffset GetUtcNow() => Outboxes.Noon;

        public override long GetTimestamp() => Stamp;
    }
}
