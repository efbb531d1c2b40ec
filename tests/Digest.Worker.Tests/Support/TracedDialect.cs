using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Copying;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digest.Worker.Tests.Support;

/// <summary>SQLite as ever, which tells what statements it was given, with their values in them.</summary>
internal sealed class TracedDialect(IDialect inner) : IDialect
{
    public ConcurrentDictionary<string, bool> Statements { get; } = new(StringComparer.Ordinal);

    public string Name => inner.Name;
    public WordSearch WordSearch => inner.WordSearch;
    public RowDialect Rows => inner.Rows;
    public TableDialect Tables => inner.Tables;

    public SqlPart LeaseNow => inner.LeaseNow;
    public SqlPart LeaseEnd => inner.LeaseEnd;

    public SqlPart LeaseEndOfGiven => inner.LeaseEndOfGiven;
    public bool IsForMany => inner.IsForMany;
    public IsolationLevel Isolation => inner.Isolation;

    public string? RightToWrite => inner.RightToWrite;

    public string? ByOrder => inner.ByOrder;

    public Task TakeTurnAsync(DbTransaction transaction, string what) => inner.TakeTurnAsync(transaction, what);

    public string Translate(string migration) => inner.Translate(migration);
    public DbConnection CreateConnection() => inner.CreateConnection();
    public Task CopyAsync(DbConnection connection, string path, CancellationToken cancellationToken) => inner.CopyAsync(connection, path, cancellationToken);
    public Task<string?> FaultAsync(CancellationToken cancellationToken) => inner.FaultAsync(cancellationToken);
    public ValueTask<IDisposable?> TurnToWriteAsync(CancellationToken cancellationToken) => inner.TurnToWriteAsync(cancellationToken);
    public Task TellDueAsync(CancellationToken cancellationToken) => inner.TellDueAsync(cancellationToken);
    public Task ListenAsync(Action heard, CancellationToken cancellationToken) => inner.ListenAsync(heard, cancellationToken);
    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, bool shared, CancellationToken cancellationToken) => inner.BeginWriteAsync(connection, shared, cancellationToken);

    public async Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await inner.PrepareAsync(connection, cancellationToken);
        raw.sqlite3_trace(((SqliteConnection)connection).Handle, (_, statement) => Statements[statement] = true, null);
    }
}
