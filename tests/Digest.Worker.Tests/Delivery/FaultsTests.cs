using System.Globalization;
using Digest.Worker.Delivery;
using Digest.Worker.Operations;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

/// <summary>What goes wrong around the sending: the server dies, says nothing, is slow; the clock jumps.</summary>
public sealed class FaultsTests
{
    private readonly PretendedTime clock = new(Outboxes.Noon);

    [Fact]
    public async Task A_server_that_dies_in_the_middle_and_comes_back_loses_nothing()
    {
        var server = new LoopbackSmtp();
        // From then on slowly: on a busy machine all would be sent before it is seen that enough are.
        server.Script.AtRecipient = _ => Task.Delay(server.Mails.Count < 50 ? 2 : 200);
        var (port, settings) = (server.Port, server.Settings(4));
        await using var installation = await Installation.CreateAsync(clock, settings);
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 300).Select(i => $"reader{i}"));
        var running = RunAsync(installation);
        while (server.Mails.Count < 50)
            await Task.Delay(5);
        await server.DisposeAsync();
        Assert.NotNull((await running).Stopped);
        var taken = server.Mails.ToArray();

        await using var back = new LoopbackSmtp(port: port);
        clock.MoveTo(clock.GetUtcNow().AddMinutes(30));
        // A new process: the breaker begins anew, and what is in doubt is sent again.
        await using var later = await Installation.CreateAsync(clock, settings, installation.Folder);
        await RunAsync(later);

        Assert.Equal(["sent"], await Outboxes.StatesAsync(later));
        var all = taken.Concat(back.Mails).ToArray();
        Assert.Equal(300, all.Select(mail => mail.Recipient).Distinct().Count());
        Assert.InRange(all.Length, 300, 304);
        Assert.All(all.GroupBy(mail => mail.Recipient), same => Assert.Single(same.Select(mail => Convert.ToBase64String(mail.Octets)).Distinct()));
    }

    /// <summary>The database ends between a commit and its answer: the mark stands there, and whoever asked for it has sent nothing.</summary>
    [Fact]
    public async Task A_mail_whose_mark_was_written_and_not_answered_goes_with_the_next_run()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(clock, server.Settings(1));
        await Outboxes.AddLettersAsync(installation, ["ada"]);
        await WriteAsync(installation, "alter table claim rename column marked_at to gone");
        Assert.NotNull((await RunAsync(installation)).Stopped);
        await WriteAsync(installation, "alter table claim rename column gone to marked_at");
        await WriteAsync(installation, "update claim set marked_at = '2026-01-26T12:00:00.000Z', message_id = 'lost@lists.example.org', until = '2030-01-01T00:00:00.000Z'");
        Assert.Equal("in_doubt", await Outboxes.StateAsync(installation, "ada"));
        Assert.Equal(1, (await RunAsync(installation)).Sent);
        Assert.Single(server.Mails);
    }

    [FactWith<SmtpSink>]
    public async Task A_server_that_takes_and_never_answers_gets_each_mail_once_and_soon_no_more()
    {
        using var sink = await SmtpSink.StartAsync("-q", ".");
        await using var installation = await Installation.CreateAsync(clock, new Dictionary<string, string?>(sink.Settings(4)) { ["Delivery:InDoubt"] = "hold" });
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 60).Select(i => $"reader{i}"));
        Assert.NotNull((await RunAsync(installation)).Stopped);
        var states = await Readers.QueryAsync(installation, "select state || ' ' || count(*) from outbox_now group by state order by state");
        Assert.Equal(2, states.Count);
        Assert.StartsWith("in_doubt ", states[0], StringComparison.Ordinal);
        Assert.InRange(int.Parse(states[0].AsSpan(9), CultureInfo.InvariantCulture), 5, 8);
    }

    /// <summary><c>DIGEST_SINK_ANSWER</c> says after how many seconds, up to 600. A longer wait: <c>DIGEST_SLOW_ANSWER</c>.</summary>
    [FactWith<SmtpSink>]
    public async Task A_slow_final_answer_of_a_real_server_makes_no_double()
    {
        var seconds = Environment.GetEnvironmentVariable("DIGEST_SINK_ANSWER") ?? "2";
        using var sink = await SmtpSink.StartAsync("-t", "900", "-W", $".:{seconds}", "-d", "%Y%m%d%H%M%S.");
        await using var installation = await Installation.CreateAsync(settings: sink.Settings(4));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 8).Select(i => $"reader{i}"));
        // Who waits longer than a claim lasts is sent by the next run.
        Assert.Equal(8, (await RunAsync(installation)).Sent + (await RunAsync(installation)).Sent);
        Assert.Equal(8, sink.Dumped().Length);
        Assert.Equal(8, sink.Dumped().Select(file => File.ReadLines(file).First(line => line.StartsWith("X-Rcpt-Args", StringComparison.Ordinal))).Distinct().Count());
    }

    [Fact]
    public async Task Mails_whose_claim_ended_while_they_waited_for_a_slow_server_are_claimed_anew_and_begun_once()
    {
        await using var server = new LoopbackSmtp();
        server.Script.BeforeFinalAnswer = _ => { clock.MoveTo(clock.GetUtcNow().AddMinutes(3)); return Task.CompletedTask; };
        await using var installation = await Installation.CreateAsync(clock, server.Settings(1));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 4).Select(i => $"reader{i}"));
        // Those that waited too long are given back, and sent when they are claimed again: by the next run, or still by this one.
        var sent = 0;
        for (var run = 1; run <= 4; run++)
        {
            var report = await RunAsync(installation);
            Assert.True(sent == 4 || report.Sent > 0, $"run {run}: {report}");
            Assert.Equal(0, report.Count(OutboxState.Suppressed));
            sent += report.Sent;
        }
        Assert.Equal((4, 4), (sent, server.Mails.Count));
    }

    [Fact]
    public async Task Greylisting_waits_as_asked_and_then_is_through()
    {
        // It stands still: how long the sending itself takes is not asked here.
        var still = new SteppedClock(Outboxes.Noon);
        await using var server = new LoopbackSmtp { Script = { AnyRecipient = "450 4.7.1 Greylisted, try again in 120 seconds" } };
        await using var installation = await Installation.CreateAsync(still, server.Settings(2));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 20).Select(i => $"reader{i}"));
        Assert.Equal(20, (await RunAsync(installation)).Count(OutboxState.Deferred));
        server.Script.AnyRecipient = "250 2.1.5 Ok";
        still.Now = Outboxes.Noon.AddSeconds(119);
        Assert.Equal(0, (await RunAsync(installation)).Sent);
        still.Now = Outboxes.Noon.AddSeconds(240);
        Assert.Equal(20, (await RunAsync(installation)).Sent);
    }

    [Fact]
    public async Task A_clock_that_jumps_hours_while_mails_are_sent_loses_and_doubles_none()
    {
        await using var server = new LoopbackSmtp();
        var jumps = new[] { 3.0, -6, 26, -20 };
        var seen = 0;
        server.Script.AtRecipient = _ =>
        {
            if (Interlocked.Increment(ref seen) is var number && number % 20 == 0 && number / 20 <= jumps.Length)
                clock.MoveTo(clock.GetUtcNow().AddHours(jumps[number / 20 - 1]));
            return Task.CompletedTask;
        };
        await using var installation = await Installation.CreateAsync(clock, server.Settings(4));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 150).Select(i => $"reader{i}"));
        for (var run = 0; run < 6 && await Outboxes.StatesAsync(installation) is not ["sent"]; run++)
        {
            await RunAsync(installation);
            clock.MoveTo(clock.GetUtcNow().AddHours(1));
        }
        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
        Assert.Equal(150, server.Mails.Count);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:30Z")]
    [InlineData("2026-10-25T00:59:30Z")]
    public async Task The_nights_when_the_clocks_change_have_hours_of_sixty_minutes(string night)
    {
        clock.MoveTo(DateTimeOffset.Parse(night, CultureInfo.InvariantCulture));
        await using var server = new LoopbackSmtp { Script = { AnyRecipient = "451 4.3.0 Busy" } };
        await using var installation = await Installation.CreateAsync(clock, new Dictionary<string, string?>(server.Settings(2)) { ["Delivery:PerHour"] = "10" });
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 15).Select(i => $"reader{i}"));
        Assert.Equal(10, (await RunAsync(installation)).Count(OutboxState.Deferred));
        server.Script.AnyRecipient = "250 2.1.5 Ok";
        clock.MoveTo(clock.GetUtcNow().AddMinutes(30));
        Assert.Equal(0, (await RunAsync(installation)).Sent);
        clock.MoveTo(clock.GetUtcNow().AddMinutes(31));
        Assert.Equal(10, (await RunAsync(installation)).Sent);
        clock.MoveTo(clock.GetUtcNow().AddMinutes(61));
        Assert.Equal(5, (await RunAsync(installation)).Sent);
        Assert.Equal(15, server.Mails.Count);
    }

    private static Task<DeliveryReport> RunAsync(Installation installation) => installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

    private static Task<int> WriteAsync(Installation installation, string sql) => installation.Database.WriteAsync(transaction => transaction.ExecuteAsync(sql), CancellationToken.None);
}
