using System.Globalization;
using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>
/// Issues go out through a real Postfix; answers of all kinds, late bounces, absence notices, complaints, forged tokens and answers to forwarded
/// issues come back through it; they are read from a real Dovecot over TLS by a program that is killed again and again.
/// DIGEST_ROUND_TRIP sets the number of readers (1000: the full run).
/// </summary>
public class RoundTripTests
{
    private static readonly int Readers = int.Parse(Environment.GetEnvironmentVariable("DIGEST_ROUND_TRIP") ?? "50", CultureInfo.InvariantCulture);

    [FactWith<MailHost>]
    public async Task Every_mail_has_its_effect_once_and_nobody_else_is_answered()
    {
        var plan = new RoundTripPlan(Readers);
        await using var host = await MailHost.StartAsync([.. plan.Readers.Select(reader => reader.User), "digest", "stranger", "fbl"]);
        await using var service = await Installation.CreateAsync(settings: Settings(host));
        var ids = await SubscribeAsync(service, plan);
        await service.Get<PaperStore>().AddAsync("test", new Fetched([new PaperEntry { Id = "2601.00001", Title = "Graph neural networks for crystals", Abstract = "We study graph neural networks." }], [], null),
            TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            "update subscriber set next_due_at = @now", new { now = TimeProvider.System.GetUtcNow().AddMinutes(-1) }, transaction), CancellationToken.None);
        Assert.Equal(Readers, (await service.Get<ComposeIssues>().RunAsync(CancellationToken.None)).Composed);
        var sent = await service.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal((Readers, (string?)null), (sent.Sent, sent.Stopped));
        await UntilAsync(host, () => plan.Readers.Where(reader => !reader.IsLate).All(reader => host.Inbox(reader.User).Count == 1), "the issues did not arrive");

        await using (var post = await ReaderPost.ConnectAsync(host))
            foreach (var reader in plan.Readers.Where(reader => reader.Answers))
                await post.SendAsync(reader, await File.ReadAllTextAsync(host.Inbox(reader.User)[0]));
        await UntilAsync(host, () => host.Inbox("digest").Count >= plan.Mails, "the answers did not arrive");

        var kills = await ReadKilledAsync(service, host, plan);
        Assert.Equal(plan.Mails, await CountAsync(service, "select count(*) from inbound"));
        await service.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        foreach (var reader in plan.Readers)
        {
            var state = (await service.Get<SubscriberStore>().FindAsync(ids[reader.Number], CancellationToken.None))!;
            reader.Check(state);
            var letters = await CountAsync(service, $"select count(*) from outbox where kind <> 'issue' and subscriber_id = {ids[reader.Number]}");
            Assert.Equal((reader.User, reader.Letters), (reader.User, letters));
        }
        await UntilAsync(host, () => plan.Readers.Where(reader => !reader.IsLate).All(reader => host.Inbox(reader.User).Count == 1 + reader.Letters), "not every answer arrived once");
        Assert.Empty(host.Inbox("stranger"));
        Assert.Empty(host.Inbox("fbl"));
        Assert.Equal(plan.Mails, host.Inbox("digest").Count);
        Assert.True(kills >= plan.Kills, $"{kills} kills");
    }

    private static Dictionary<string, string?> Settings(MailHost host) => new()
    {
        ["Sender:From"] = "digest@digest.test",
        ["Sender__From"] = "digest@digest.test",
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{host.Smtp}",
        ["Smtp:Security"] = "none",
        ["Mailbox:Kind"] = "imap",
        ["Mailbox:Host"] = "localhost",
        ["Mailbox:Port"] = $"{host.Imaps}",
        ["Mailbox:Security"] = "tls",
        ["Mailbox:Username"] = "digest",
        ["Mailbox:Password"] = "secret",
        ["Mailbox:AnswersPerHour"] = "100000",
    };

    private static Task<Dictionary<int, long>> SubscribeAsync(Installation service, RoundTripPlan plan) => service.Database.WriteAsync(async transaction =>
    {
        var ids = new Dictionary<int, long>();
        foreach (var reader in plan.Readers)
            ids[reader.Number] = (await service.Get<Subscriptions>().AddAsync(transaction,
                new SubscriberDraft { Email = $"{reader.User}@digest.test", Interests = "graph neural networks", Language = reader.Language, Hour = $"{Support.Readers.FarHour}" }, "test", null)).Subscriber!.Id;
        return ids;
    }, CancellationToken.None);

    /// <summary>Runs the program until the mailbox is read, killing it on the way.</summary>
    private static async Task<int> ReadKilledAsync(Installation service, MailHost host, RoundTripPlan plan)
    {
        var settings = Settings(host);
        settings["SSL_CERT_FILE"] = host.Certificate;
        // On a busy machine a fast program would be through before the first look at how far it is.
        await using var line = new LoopbackLine(host.Imaps, TimeSpan.FromMilliseconds(40));
        settings["Mailbox:Port"] = $"{line.Port}";
        var random = new Random(11);
        var kills = 0;
        for (long left = plan.Mails; kills < plan.Kills && left > 0; left = plan.Mails - await CountAsync(service, "select count(*) from inbound"))
        {
            using var worker = WorkerProcess.Start(service.Folder, settings, "mailbox", "run");
            var goal = plan.Mails - left + random.Next(1, Math.Max(2, (int)left / (plan.Kills - kills + 1)));
            while (!worker.HasEnded && await CountAsync(service, "select count(*) from inbound") < goal)
                await Task.Delay(5);
            if (worker.HasEnded)
                break;
            await worker.KillAsync();
            kills++;
        }
        using var last = WorkerProcess.Start(service.Folder, settings, "mailbox", "run");
        Assert.Equal(0, await last.WaitAsync());
        using var again = WorkerProcess.Start(service.Folder, settings, "mailbox", "run");
        Assert.Equal(0, await again.WaitAsync());
        return kills;
    }

    private static Task<long> CountAsync(Installation service, string sql) =>
        service.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), CancellationToken.None);

    private static async Task UntilAsync(MailHost host, Func<bool> holds, string otherwise)
    {
        for (var i = 0; i < 4 * Readers + 1_200; i++)
        {
            if (holds())
                return;
            await Task.Delay(100);
        }
        Assert.Fail($"{otherwise}\n{host.Log}");
    }
}
