using System.Data;
using System.Data.Common;
using Digest.Worker.Storage.Copying;

namespace Digest.Worker.Storage;

/// <summary>Hands out connections and units of work. Transactions are short: no mail and no HTTP inside one.</summary>
internal sealed class Database(IDialect dialect)
{
    public string Engine => dialect.Name;

    public WordSearch WordSearch => dialect.WordSearch;

    public RowDialect Rows => dialect.Rows;

    public TableDialect Tables => dialect.Tables;

    public SqlPart LeaseNow => dialect.LeaseNow;

    public SqlPart LeaseEnd => dialect.LeaseEnd;

    /// <inheritdoc cref="IDialect.LeaseEndOfGiven"/>
    public SqlPart LeaseEndOfGiven => dialect.LeaseEndOfGiven;

    public bool IsForMany => dialect.IsForMany;

    /// <summary>A migration as this engine is given it.</summary>
    public string Translate(string migration) => dialect.Translate(MigrationText.For(dialect.Name, migration));

    /// <summary>Where it is: SQLite's file, or the server.</summary>
    public string Place
    {
        get
        {
            using var connection = dialect.CreateConnection();
            return connection.DataSource;
        }
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = dialect.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await dialect.PrepareAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await read(connection);
    }

    /// <summary>The same for a page of rows in the order of an index, of which there may be many more than the page holds.</summary>
    public Task<T> ReadByOrderAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) => dialect.ByOrder is not { } prepare ? ReadAsync(read, cancellationToken)
        : ReadAsync(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await transaction.ExecuteAsync(prepare);
            var result = await read(connection);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }, cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in one write transaction; commits when it returns, rolls back when it throws. Nobody else writes meanwhile,
    /// so what it has read stays true until it is committed.
    /// </summary>
    /// <exception cref="FencedException">It belongs to work that another worker has taken over (<see cref="Fence"/>).</exception>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, shared: false, cancellationToken);

    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(async transaction => { await work(transaction); return true; }, cancellationToken);

    /// <summary>
    /// The same beside others that write so, where the engine can: for statements that each check in their own conditions what they rely on, and for
    /// rows of which another worker's are passed over (<see cref="RowsUpdated.PassesOverTaken"/>).
    /// </summary>
    public Task<T> WriteSharedAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, shared: true, cancellationToken);

    /// <inheritdoc cref="IDialect.TakeTurnAsync"/>
    public Task TakeTurnAsync(DbTransaction transaction, string what) => dialect.TakeTurnAsync(transaction, what);

    /// <inheritdoc cref="IDialect.TurnToWriteAsync"/>
    public ValueTask<IDisposable?> TurnToWriteAsync(CancellationToken cancellationToken) => dialect.TurnToWriteAsync(cancellationToken);

    /// <inheritdoc cref="IDialect.Isolation"/>
    public IsolationLevel Isolation => dialect.Isolation;

    /// <inheritdoc cref="IDialect.RightToWrite"/>
    public string? RightToWrite => dialect.RightToWrite;

    /// <inheritdoc cref="IDialect.TellDueAsync"/>
    public async Task TellDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await dialect.TellDueAsync(cancellationToken);
        }
        catch (DbException)
        {
            // What it is about is written; the next tick of the schedule finds it.
        }
    }

    /// <inheritdoc cref="IDialect.ListenAsync"/>
    public Task ListenAsync(Action heard, CancellationToken cancellationToken) => dialect.ListenAsync(heard, cancellationToken);

    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, bool shared, CancellationToken cancellationToken) => dialect.BeginWriteAsync(connection, shared, cancellationToken);

    /// <summary>Writes a whole copy, as of one moment, into a new file.</summary>
    public Task CopyAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(async connection => { await dialect.CopyAsync(connection, path, cancellationToken); return true; }, cancellationToken);

    /// <returns>What is damaged; null when nothing is known to be.</returns>
    public Task<string?> FaultAsync(CancellationToken cancellationToken) => dialect.FaultAsync(cancellationToken);

    private async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, bool shared, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        using var turn = await dialect.TurnToWriteAsync(cancellationToken);
        await using var transaction = await dialect.BeginWriteAsync(connection, shared, cancellationToken);
        if (Fence.Standing is { } fence)
            await FenceStore.RequireAsync(transaction, fence);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
