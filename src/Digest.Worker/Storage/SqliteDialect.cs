using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Digest.Worker.Storage.Copying;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>SQLite: WAL, foreign keys, one writer at a time, every commit on the disk (<c>synchronous=FULL</c>).</summary>
internal sealed class SqliteDialect : IDialect, IDisposable
{
    /// <summary>
    /// With SQLite's own 2 MB of pages and 4 MB of log a run of composing read the same pages again and again, and wrote them into the file eight times as
    /// often. What is kept is kilobytes and pages; every commit is on the disk as before.
    /// </summary>
    private const string Preparing =
        """
        pragma foreign_keys = on; pragma busy_timeout = 2000; pragma journal_mode = wal; pragma synchronous = full;
        pragma cache_size = -8000; pragma wal_autocheckpoint = 8000;
        """;

    private static readonly object IsPrepared = new();

    private readonly WriteTurn turn = new();

    /// <summary>Connections come out of a pool with all that was set before: what is set once need not be set for each small reading.</summary>
    private readonly ConditionalWeakTable<object, object> prepared = [];
    private readonly string connectionString;

    public SqliteDialect(StorageOptions options)
    {
        TypeHandlers.Register();
        // Whatever the setting says of foreign keys: the driver would say it again at each opening, after we have.
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = null };
        if (builder.DataSource is { Length: > 0 } path && path != ":memory:" && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        connectionString = builder.ToString();
    }

    public string Name => "sqlite";

    public WordSearch WordSearch { get; } = new SqliteWordDialect();

    public RowDialect Rows { get; } = new SqliteRowDialect();

    public TableDialect Tables { get; } = new SqliteTableDialect();

    /// <summary>The database has no clock of its own: all who write to it stand on one machine.</summary>
    public SqlPart LeaseNow { get; } = new("@now");

    public SqlPart LeaseEnd { get; } = new("@until");

    public SqlPart LeaseEndOfGiven => LeaseEnd.OfGiven;

    public bool IsForMany => false;

    /// <summary>A serializable transaction is <c>BEGIN IMMEDIATE</c> in Microsoft.Data.Sqlite: a reader never has to become a writer.</summary>
    public IsolationLevel Isolation => IsolationLevel.Serializable;

    public string? RightToWrite => null;

    public string? ByOrder => null;

    /// <summary>One writer at a time: nobody else does anything.</summary>
    public Task TakeTurnAsync(DbTransaction transaction, string what) => Task.CompletedTask;

    public string Translate(string migration) => migration;

    public DbConnection CreateConnection() => new SqliteConnection(connectionString);

    /// <summary>For other processes' transactions: the driver itself looks only every 150 ms, SQLite after 1, 2, 5, 10 ms.</summary>
    public async Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        object handle = ((SqliteConnection)connection).Handle!;
        if (prepared.TryGetValue(handle, out _))
            return;
        await connection.ExecuteAsync(new CommandDefinition(Preparing, cancellationToken: cancellationToken));
        prepared.AddOrUpdate(handle, IsPrepared);
    }

    public Task CopyAsync(DbConnection connection, string path, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition("vacuum into @path", new { path }, cancellationToken: cancellationToken));

    public Task<string?> FaultAsync(CancellationToken cancellationToken) =>
        SnapshotStore.FaultAsync(new SqliteConnectionStringBuilder(connectionString).DataSource, cancellationToken);

    public async ValueTask<IDisposable?> TurnToWriteAsync(CancellationToken cancellationToken) => await turn.TakeAsync(cancellationToken);

    /// <summary>Of this process: SQLite has no way to call another.</summary>
    private event Action? Due;

    public Task TellDueAsync(CancellationToken cancellationToken)
    {
        Due?.Invoke();
        return Task.CompletedTask;
    }

    public async Task ListenAsync(Action heard, CancellationToken cancellationToken)
    {
        Due += heard;
        try
        {
            heard();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Due -= heard;
        }
    }

    public void Dispose() => turn.Dispose();

    public async Task<DbTransaction> BeginWriteAsync(DbConnection connection, bool shared, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(Isolation, cancellationToken);
}
