using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Mailbox;
using Digest.Worker.Mailbox.Reading;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>A service that reads a real Maildir, with one reader and one issue sent to them.</summary>
internal sealed class MailboxRoom : IAsyncDisposable
{
    public const string Reader = "reader@example.net";

    private int mails;

    private MailboxRoom(Installation service, FakeTimeProvider time) => (Service, Time) = (service, time);

    public Installation Service { get; }

    public FakeTimeProvider Time { get; }

    public long SubscriberId { get; private set; }

    public string Maildir => Path.Combine(Service.Folder, "mail");

    /// <summary>The Message-ID of the issue that was sent.</summary>
    public string IssueMessageId => Service.Get<MessageId>().For("issue/1");

    public static async Task<MailboxRoom> OpenAsync(params (string Key, string Value)[] settings)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("digest-mailbox-").FullName;
        var all = new Dictionary<string, string?> { ["Mailbox:Kind"] = "maildir", ["Mailbox:Folder"] = Path.Combine(folder, "mail") };
        foreach (var (key, value) in settings)
            all[key] = value;
        var room = new MailboxRoom(await Installation.CreateAsync(time, all, folder), time);
        room.SubscriberId = await room.SubscribeAsync(Reader);
        await room.SendIssueAsync(room.SubscriberId, 7, room.IssueMessageId);
        return room;
    }

    public async Task<long> SubscribeAsync(string email, MailKind? letter = null, string? language = null)
    {
        var outcome = await Service.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = email, Interests = "graph neural networks", Language = language }, "test", letter, CancellationToken.None);
        return outcome.Subscriber!.Id;
    }

    /// <summary>Puts an issue in the outbox as it stands there after it was sent.</summary>
    public Task SendIssueAsync(long subscriberId, long issueId, string messageId) => Service.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
        """
        insert into outbox (key, kind, subscriber_id, issue_id, recipient, domain, payload, state, due_at, created_at, settled_at, message_id)
        values (@key, 'issue', @subscriberId, @issueId, 'reader@example.net', 'example.net', '{}', 'sent', '2026-11-24T07:00:00.000Z', '2026-11-24T07:00:00.000Z', '2026-11-24T07:00:00.000Z', @messageId)
        """, new { key = $"issue/{subscriberId}/{issueId}", subscriberId, issueId, messageId }, transaction), CancellationToken.None);

    public string ReplyAddress(long? subscriber = null, long issue = 7) => Address(TokenPurpose.Reply, subscriber ?? SubscriberId, issue);

    public string ReturnPath(long? subscriber = null, long issue = 7) => Address(TokenPurpose.Bounce, subscriber ?? SubscriberId, issue);

    public void Receive(string mail)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Maildir, "new")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{++mails:000000}.test"), mail);
    }

    public Task<MailboxReport> RunAsync() => Service.Get<MailboxRun>().RunAsync(CancellationToken.None);

    /// <summary>Starts to watch the mailbox, as the worker that has the schedule.</summary>
    public async Task<IHostedService> WatchAsync()
    {
        var hosted = Service.Get<IEnumerable<IHostedService>>().ToList();
        await hosted.OfType<WorkerBeat>().Single().StartAsync(CancellationToken.None);
        var watch = hosted.OfType<MailboxWatch>().Single();
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }

    public async Task<MailboxReport> ReceiveAsync(string mail)
    {
        Receive(mail);
        return await RunAsync();
    }

    public async Task<Subscriber> SubscriberAsync(long? id = null) => (await Service.Get<SubscriberStore>().FindAsync(id ?? SubscriberId, CancellationToken.None))!;

    public Task<IReadOnlyList<string>> QueryAsync(string sql) =>
        Service.Database.ReadAsync<IReadOnlyList<string>>(async connection => (await connection.QueryAsync<string>(sql)).AsList(), CancellationToken.None);

    /// <summary>The letters that wait to be sent, as "kind recipient".</summary>
    public Task<IReadOnlyList<string>> LettersAsync() => QueryAsync("select kind || ' ' || recipient from outbox where kind <> 'issue' and state = 'queued' order by id");

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        TestDatabase.Drop(Service.Folder);
        Directory.Delete(Service.Folder, recursive: true);
    }

    private string Address(TokenPurpose purpose, long subscriber, long issue) =>
        ReaderAddress.Write("digest@lists.example.org", purpose, Service.Get<ReaderToken>().Write(purpose, subscriber, issue));
}
