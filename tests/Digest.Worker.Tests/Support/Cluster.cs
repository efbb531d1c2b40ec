using System.Data.Common;
using Dapper;
using Digest.Worker.Papers;
using Digest.Worker.Storage;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// Workers on one PostgreSQL, each the real program with a data folder of its own as on a machine of its own; only the installation key is the same.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>How many mails are not done with.</summary>
    public const string Owed = "select count(*) from outbox where state not in ('sent', 'bounced', 'suppressed', 'expired')";

    private readonly TestFolder folder = new();
    private readonly List<WorkerProcess> workers = [];

    private readonly bool isOwn;

    private Cluster(string server, Installation look, bool isOwn) => (Server, Look, this.isOwn) = (server, look, isOwn);

    /// <summary>The connection string.</summary>
    public string Server { get; }

    /// <summary>An installation on the same database that does nothing by itself.</summary>
    public Installation Look { get; }

    /// <param name="server">An empty database that the caller removes; null: one of its own on the tests' PostgreSQL.</param>
    public static async Task<Cluster> CreateAsync(string? server = null)
    {
        var place = server ?? await TestDatabase.CreatePostgresAsync();
        return new Cluster(place, await Installation.CreateAsync(TimeProvider.System, new Dictionary<string, string?> { ["Storage:ConnectionString"] = place }), isOwn: server is null);
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="name">Its folder: started again under the same name it finds what it left.</param>
    public WorkerProcess Start(string name, IReadOnlyDictionary<string, string?> settings, params string[] arguments) => StartIn(null, name, settings, arguments);

    /// <param name="network">Where it is at home; null: where we are.</param>
    /// <param name="name">As of <see cref="Start"/>.</param>
    public WorkerProcess StartIn(OwnNetwork? network, string name, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var place = Directory.CreateDirectory(folder.File(name)).FullName;
        _ = Look.Get<InstallationKey>();
        File.Copy(Path.Combine(Look.Folder, "installation.key"), Path.Combine(place, "installation.key"), overwrite: true);
        var all = new Dictionary<string, string?>(settings) { ["Storage:DataFolder"] = place, ["Web:Urls"] = "http://127.0.0.1:0" };
        all.TryAdd("Storage:ConnectionString", Server);
        var worker = WorkerProcess.StartIn(network, place, all, arguments);
        workers.Add(worker);
        return worker;
    }

    /// <summary>The claim tokens of the processes that were started under that name, live or killed, as far as none has cleaned up.</summary>
    public IEnumerable<string> Tokens(string name) => Path.Combine(folder.File(name), "workers") is var place && Directory.Exists(place)
        ? Directory.EnumerateFiles(place).Select(path => Path.GetFileName(path))
        : [];

    /// <summary>The mails that the workers' pickup transports wrote.</summary>
    public IEnumerable<string> Picked() => Directory.EnumerateFiles(folder.Path, "*.eml", SearchOption.AllDirectories);

    /// <summary>Lays in papers that everybody who looks for the topic gets.</summary>
    public Task<int> ArriveAsync(string topic, int count, int first) => Look.Get<PaperStore>().AddAsync("test", new Fetched([.. Enumerable.Range(first, count).Select(number => new PaperEntry
    {
        Id = $"{topic}-{number}",
        Title = $"Number {number} on {topic} in practice",
        Abstract = $"We study {topic} once more.",
        Url = $"https://papers.example.org/{Uri.EscapeDataString(topic)}/{number}",
    })], [], null), TimeProvider.System.GetUtcNow(), CancellationToken.None);

    /// <param name="round">Each has recipients of its own.</param>
    public Task AddMailsAsync(int round, int mails) => Outboxes.AddLettersAsync(Look, Enumerable.Range(1, mails).Select(i => $"round{round}reader{i}"));

    /// <summary>Everybody has their mail, and the outbox says of each what the server has.</summary>
    public async Task AssertWholeAsync(LedgerSink sink, int mails)
    {
        var sent = await Readers.QueryAsync(Look, "select recipient || ' ' || message_id from outbox where state = 'sent'");
        Assert.Equal(mails, sent.Count);
        Assert.Equal(sent.Order(), sink.Lines.Select(line => $"{line.Recipient} {line.MessageId}").Distinct().Order());
        Assert.Equal(mails, sink.Lines.Select(line => line.Recipient + line.Hash).Distinct().Count());
    }

    /// <summary>Asks the database, again while it is being started.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await Look.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), CancellationToken.None);
            }
            catch (DbException) when (attempt < 1_200)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Waits until a query says 0.</summary>
    public async Task UntilNoneAsync(string sql)
    {
        while (await NumberAsync(sql) > 0)
            await Task.Delay(50);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            worker.Dispose();
        await Look.DisposeAsync();
        if (isOwn)
            await TestDatabase.DropPostgresAsync(Server);
        folder.Dispose();
    }
}
