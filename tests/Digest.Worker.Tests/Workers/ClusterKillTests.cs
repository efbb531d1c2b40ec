using System.Globalization;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Workers;

/// <summary>
/// Three workers on one PostgreSQL; one of them is killed at random, or the database is stopped at once, again and again. What the server took is
/// compared with the outbox, and a trigger writes down whose mark each mail had first. <c>DIGEST_KILLS</c>, <c>DIGEST_KILL_MAILS</c> and <c>DIGEST_STOPS</c> make it as
/// long as one likes; CI runs a short one.
/// </summary>
public sealed class ClusterKillTests(ITestOutputHelper output)
{
    private const int Workers = 3;
    private const int Connections = 8;

    private static readonly int Kills = Setting("DIGEST_KILLS", 6);
    private static readonly int Mails = Setting("DIGEST_KILL_MAILS", 600);
    private static readonly int Stops = Setting("DIGEST_STOPS", 3);

    /// <summary>Every first mark of a claim, in their order: a mail that is marked by two is sent by two.</summary>
    private const string Audit =
        """
        create table first_mark (number bigint generated always as identity, mail_id bigint, worker text);
        create function write_first_mark() returns trigger language plpgsql as $$ begin
            insert into first_mark (mail_id, worker) values (new.mail_id, new.worker);
            return null;
        end $$;
        create trigger first_mark after update on claim for each row when (old.marked_at is null and new.marked_at is not null) execute function write_first_mark();
        """;

    [FactWith<PostgresServer>]
    public async Task One_of_three_workers_killed_loses_nothing_and_no_mail_is_marked_by_two_that_live()
    {
        await using var cluster = await Cluster.CreateAsync();
        await cluster.Look.Database.WriteAsync(transaction => transaction.ExecuteAsync(Audit), CancellationToken.None);
        await using var sink = new LedgerSink(Path.Combine(cluster.Look.Folder, "ledger"), TimeSpan.FromMilliseconds(40));
        var random = new Random(7);
        var workers = Enumerable.Range(0, Workers).Select(i => Start(cluster, sink, i)).ToArray();
        var round = 0;
        var (marked, sent) = (new HashSet<string>(), new Dictionary<(string Recipient, int Times), int>());
        var dead = new HashSet<string>();
        for (var kills = 0; kills < Kills; kills++)
        {
            // Counted before what is owed: of that some must come, however late it is looked at.
            var before = sink.Lines.Count;
            if (await cluster.NumberAsync(Cluster.Owed) < Mails / 4)
                await cluster.AddMailsAsync(round++, Mails);
            while (sink.Lines.Count == before)
                await Task.Delay(10);
            await Task.Delay(random.Next(50, 1_000));
            var victim = random.Next(Workers);
            await workers[victim].KillAsync();
            dead.UnionWith(cluster.Tokens($"worker{victim}"));
            // The server may still be reading what was on its way.
            await Task.Delay(100);
            var accepted = Accepted(sink);
            // Only what the dead had marked may be repeated; when that happens depends on when it is up again. Most of it was marked ahead and not sent: a repeat is
            // of the kill before which the server had it once less.
            foreach (var mail in await Readers.QueryAsync(cluster.Look, "select c.worker || ' ' || o.recipient from claim c join outbox o on o.id = c.mail_id where c.marked_at is not null"))
                if (mail.Split(' ') is var parts && dead.Contains(parts[0]) && marked.Add(mail) && accepted.GetValueOrDefault(parts[1]) is > 0 and var times)
                    sent.TryAdd((parts[1], times), kills);
            workers[victim] = Start(cluster, sink, victim);
        }
        await cluster.UntilNoneAsync(Cluster.Owed);
        var all = Accepted(sink);
        var repeated = all.Where(mail => mail.Value > 1).Select(mail => mail.Key).ToList();
        var ofKills = sent.Where(one => all[one.Key.Recipient] > one.Key.Times).GroupBy(one => one.Value).Select(kill => kill.Count()).ToList();
        var worst = ofKills.DefaultIfEmpty().Max();
        output.WriteLine($"kills {Kills}, mails {round * Mails}, accepted {sink.Lines.Count}, repeats {sink.Repeats}, {ofKills.Sum()} of known kills, worst {worst}");
        await cluster.AssertWholeAsync(sink, round * Mails);
        Assert.Equal(round * Mails, await cluster.NumberAsync("select count(distinct mail_id) from first_mark"));
        Assert.All(await Readers.QueryAsync(cluster.Look, "select worker from first_mark m where exists (select 1 from first_mark later where later.mail_id = m.mail_id and later.worker <> m.worker and later.number > m.number)"),
            worker => Assert.Contains(worker, dead));
        Assert.All(repeated, mail => Assert.Contains(marked, one => one.EndsWith(' ' + mail, StringComparison.Ordinal)));
        Assert.True(worst <= Connections, $"{worst} repeats after one kill");
        Assert.True(sink.Repeats <= (Kills < 50 ? Connections * Kills : Kills), $"{sink.Repeats} repeats after {Kills} kills");
    }

    [FactWith<PostgresServer>]
    public async Task A_database_that_is_stopped_at_once_is_found_again_and_nothing_is_lost()
    {
        await using var postgres = await OwnPostgres.StartAsync();
        await using var cluster = await Cluster.CreateAsync(postgres.ConnectionString);
        await using var sink = new LedgerSink(Path.Combine(cluster.Look.Folder, "ledger"), TimeSpan.FromMilliseconds(40));
        foreach (var i in Enumerable.Range(0, Workers))
            Start(cluster, sink, i);
        var (round, slowest) = (0, TimeSpan.Zero);
        for (var stops = 0; stops < Stops; stops++)
        {
            var before = sink.Lines.Count;
            if (await cluster.NumberAsync(Cluster.Owed) < Mails / 2)
                await cluster.AddMailsAsync(round++, Mails);
            while (sink.Lines.Count == before)
                await Task.Delay(10);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await postgres.RestartAsync();
            var (since, then) = (TimeProvider.System.GetTimestamp(), sink.Lines.Count);
            if (await cluster.NumberAsync(Cluster.Owed) > 0)
                while (sink.Lines.Count == then && await cluster.NumberAsync(Cluster.Owed) > 0)
                    await Task.Delay(20);
            slowest = TimeProvider.System.GetElapsedTime(since) is var took && took > slowest ? took : slowest;
        }
        await cluster.UntilNoneAsync(Cluster.Owed);
        output.WriteLine($"stops {Stops}, mails {round * Mails}, accepted {sink.Lines.Count}, repeats {sink.Repeats}, longest until the next mail {slowest.TotalSeconds:0.0} s");
        await cluster.AssertWholeAsync(sink, round * Mails);
        Assert.True(Stops < 20 || sink.Repeats <= Stops, $"{sink.Repeats} repeats after {Stops} stops");
    }

    private static WorkerProcess Start(Cluster cluster, LedgerSink sink, int worker) => cluster.Start($"worker{worker}", sink.Server.Settings(Connections), "serve");

    /// <summary>How many times the server had each mail.</summary>
    private static Dictionary<string, int> Accepted(LedgerSink sink) => sink.Lines.GroupBy(line => line.Recipient).ToDictionary(mail => mail.Key, mail => mail.Count());

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
