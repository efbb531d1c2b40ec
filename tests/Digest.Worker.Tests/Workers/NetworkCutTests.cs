using System.Globalization;
using System.Net;
using Digest.Worker.Tests.Support;
using Npgsql;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Workers;

/// <summary>
/// The network between a worker and the database is cut, and nobody is told: the worker lives, and so do its connections. What it had only claimed goes
/// to the other after two minutes; what it had marked stays its own for twenty: it sends that, and writes down itself how it ended, when the line is back.
/// </summary>
public abstract class NetworkCutTests(ITestOutputHelper output)
{
    private const int Connections = 8;
    private const int MarkedAhead = 128;
    private const int Mails = 600;
    private const int MostRounds = 100;

    private const string Holders = "select count(distinct worker) from claim where marked_at is null";

    /// <param name="server">As the worker that is cut off reaches it.</param>
    /// <param name="network">Where that worker is at home; null: where we are.</param>
    private protected async Task SendsWhatItMarkedAsync(Cluster cluster, NpgsqlConnectionStringBuilder server, OwnNetwork? network, Action cutOff, Action mend)
    {
        await using var sink = new LedgerSink(Path.Combine(cluster.Look.Folder, "ledger"), TimeSpan.FromMilliseconds(40));
        await using var mail = new LoopbackLine(sink.Server.Port, TimeSpan.Zero, network?.Mail);
        var theirs = new Dictionary<string, string?>(sink.Server.Settings(Connections))
        {
            ["Storage:ConnectionString"] = server.ConnectionString,
            ["Smtp:Host"] = $"{network?.Mail ?? IPAddress.Loopback}",
            ["Smtp:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
        };
        var cut = cluster.StartIn(network, "cut", theirs, "serve");
        cluster.Start("other", sink.Server.Settings(Connections), "serve");
        var (round, held) = (0, 0L);
        for (var attempt = 1; held == 0; attempt++)
        {
            Assert.True(attempt < 20, "The worker that is cut off had marked all that it held, each time.");
            // One that comes up late must find mails too: the other may be through with all that there were.
            while (await cluster.NumberAsync(Holders) < 2)
            {
                Assert.False(cut.HasEnded);
                Assert.True(round < MostRounds, "The worker that is to be cut off never held a mail.");
                if (await cluster.NumberAsync(Cluster.Owed) < Mails / 2)
                    await cluster.AddMailsAsync(round++, Mails);
            }
            cutOff();
            // What was on its way is there.
            await Task.Delay(500);
            held = await cluster.NumberAsync($"select count(*) from claim where marked_at is null and worker in ('{string.Join("','", cluster.Tokens("cut"))}')");
            if (held == 0)
                mend();
        }
        var since = TimeProvider.System.GetTimestamp();
        await cluster.UntilNoneAsync("select count(*) from outbox_now where state not in ('sent', 'in_doubt')");
        var taken = TimeProvider.System.GetElapsedTime(since);
        var marked = await cluster.NumberAsync(Cluster.Owed);
        mend();
        await cluster.UntilNoneAsync(Cluster.Owed);
        output.WriteLine($"mails {round * Mails}, held {held}, taken over after {taken.TotalSeconds:0} s, marked {marked}, accepted {sink.Lines.Count}, repeats {sink.Repeats}");
        Assert.False(cut.HasEnded);
        // A claim lasts two minutes, and was seconds old: had the line not been cut, all would have been sent in seconds.
        Assert.True(taken > TimeSpan.FromMinutes(1), $"the other had what was held after {taken}");
        Assert.InRange(marked, 0, 2 * (Connections + MarkedAhead));
        Assert.Equal(0, sink.Repeats);
        await cluster.AssertWholeAsync(sink, round * Mails);
    }
}
