using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Hands out connections and units of work. Transactions are short: no mail and no HTTP inside one.</summary>
internal sealed class Database(IDialect dialect)
{
    public string Engine => dialect.Name;

    public WordSearch WordSearch => dialect.WordSearch;

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

    /// <summary>Runs <paramref name="work"/> in one write transaction; commits when it returns, rolls back when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await dialect.BeginWriteAsync(connection, cancellationToken);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) => dialect.BeginWriteAsync(connection, cancellationToken);

    /// <summary>Writes a whole copy, as of one moment, into a new file.</summary>
    public Task CopyAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(async connection => { await dialect.CopyAsync(connection, path, cancellationToken); return true; }, cancellationToken);

    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(async transaction => { await work(transaction); return true; }, cancellationToken);
}
