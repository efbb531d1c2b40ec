using System.Globalization;
using Dapper;
using Digest.Worker.Tests.Support;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Delivery;

/// <summary>
/// Kills the real program at random moments and compares the outbox with what the server wrote down. <c>DIGEST_KILLS</c> and
/// <c>DIGEST_KILL_MAILS</c> make it as long as one likes; CI runs a short one.
/// </summary>
public sealed class KillLoopTests(ITestOutputHelper output)
{
    private const int Connections = 8;

    private static readonly int Kills = Setting("DIGEST_KILLS", 6);
    private static readonly int Mails = Setting("DIGEST_KILL_MAILS", 600);

    [Fact]
    public async Task Kill_nine_loses_nothing_and_repeats_at_most_one_mail_a_connection()
    {
        await using var installation = await Installation.CreateAsync();
        await using var sink = new LedgerSink(Path.Combine(installation.Folder, "ledger"), TimeSpan.FromMilliseconds(40));
        var random = new Random(3);
        var (kills, worst, rounds, seen) = (0, 0, 0, 0);
        while (kills < Kills)
        {
            var batch = rounds++;
            await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, Mails).Select(i => $"round{batch}reader{i}"));
            while (kills < Kills && await OpenAsync(installation) > 0)
            {
                using var worker = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run");
                // Half of the moments are counted from the start of the process, half from its first mail: so neither the start nor the sending is all that is killed.
                await (kills % 2 == 0 ? Task.Delay(random.Next(50, 3_000)) : DelayUntilAsync(worker, sink, random));
                if (worker.HasEnded)
                    continue;
                await worker.KillAsync();
                kills++;
                // What this process repeated, the kills before it made.
                worst = Math.Max(worst, Repeats(sink) - seen);
                seen = Repeats(sink);
            }
        }
        while (await OpenAsync(installation) > 0)
            using (var last = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run"))
                Assert.Equal(0, await last.WaitAsync());
        worst = Math.Max(worst, Repeats(sink) - seen);
        output.WriteLine($"kills {kills}, mails {rounds * Mails}, accepted {sink.Lines.Count}, repeats {Repeats(sink)}, worst {worst}");
        await AssertWholeAsync(installation, sink);
        Assert.True(worst <= Connections, $"{worst} repeats after one kill");
        Assert.True(Kills < 50 || Repeats(sink) <= kills, $"{Repeats(sink)} repeats after {kills} kills");
    }

    [Fact]
    public async Task SIGTERM_ends_in_order_without_loss_or_repeat()
    {
        await using var installation = await Installation.CreateAsync();
        await using var sink = new LedgerSink(Path.Combine(installation.Folder, "ledger"), TimeSpan.FromMilliseconds(40));
        var random = new Random(5);
        for (var stops = 0; stops < Kills;)
        {
            var batch = stops;
            if (await OpenAsync(installation) == 0)
                await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, Mails).Select(i => $"stop{batch}reader{i}"));
            using var worker = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run");
            await DelayUntilAsync(worker, sink, random);
            if (worker.HasEnded)
                continue;
            Assert.Equal(0, await worker.TerminateAsync());
            stops++;
        }
        while (await OpenAsync(installation) > 0)
            using (var last = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run"))
                Assert.Equal(0, await last.WaitAsync());
        await AssertWholeAsync(installation, sink);
        Assert.Equal(0, Repeats(sink));
    }

    [Fact]
    public async Task Two_workers_at_once_send_each_mail_once()
    {
        await using var installation = await Installation.CreateAsync();
        await using var sink = new LedgerSink(Path.Combine(installation.Folder, "ledger"), TimeSpan.FromMilliseconds(10));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, Mails).Select(i => $"reader{i}"));
        using var first = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run");
        using var second = WorkerProcess.Start(installation.Folder, sink.Server.Settings(Connections), "deliveries", "run");
        Assert.All(await Task.WhenAll(first.WaitAsync(), second.WaitAsync()), code => Assert.Equal(0, code));
        await AssertWholeAsync(installation, sink);
        Assert.Equal(0, Repeats(sink));
    }

    /// <summary>A moment while the program works: 0.05 to 1 second behind its first mail, so that its start is not all that is killed.</summary>
    private static async Task DelayUntilAsync(WorkerProcess worker, LedgerSink sink, Random random)
    {
        var before = sink.Lines.Count;
        while (!worker.HasEnded && sink.Lines.Count == before)
            await Task.Delay(10);
        await Task.Delay(random.Next(50, 1_000));
    }

    private static async Task AssertWholeAsync(Installation installation, LedgerSink sink)
    {
        var rows = (await installation.Database.ReadAsync(connection => connection.QueryAsync<(string Recipient, string State, string MessageId)>(
            "select recipient, state, message_id from outbox_now"), CancellationToken.None)).AsList();
        var ledger = sink.Lines.ToLookup(line => line.Recipient);
        Assert.All(rows, row =>
        {
            Assert.Equal("sent", row.State);
            Assert.NotEmpty(ledger[row.Recipient]);
            Assert.All(ledger[row.Recipient], line => Assert.Equal(row.MessageId, line.MessageId));
            Assert.Single(ledger[row.Recipient].Select(line => line.Hash).Distinct());
        });
        Assert.Equal(rows.Count, ledger.Count);
    }

    private static int Repeats(LedgerSink sink) => sink.Lines.Count - sink.Lines.Select(line => line.Recipient).Distinct().Count();

    private static Task<long> OpenAsync(Installation installation) => installation.Database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where state not in ('sent', 'bounced', 'suppressed', 'expired')"), CancellationToken.None);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
