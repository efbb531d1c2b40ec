using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>
/// One connection that stays open, for what is written with every mail: opening and preparing it costs more than the writing itself. One unit of work at
/// a time, beside others that share the right to write. After a failure it begins anew.
/// </summary>
internal sealed class KeptConnection(Database database) : IAsyncDisposable
{
    private DbConnection? connection;

    /// <summary>Runs <paramref name="changes"/>, then <paramref name="then"/> with the keys that each changed, in one write transaction; rolls back when something throws.</summary>
    public async Task<T> WriteAsync<T>(IReadOnlyList<RowChange> changes, Func<DbTransaction, IReadOnlyList<IReadOnlyList<long>>, Task<T>> then)
    {
        try
        {
            connection ??= await database.OpenAsync(CancellationToken.None);
            using var turn = await database.TurnToWriteAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(database.Isolation, CancellationToken.None);
            var result = await then(transaction, await database.Rows.ChangeAsync(transaction, database.RightToWrite, changes));
            await transaction.CommitAsync();
            return result;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is { } open)
            await open.DisposeAsync();
        connection = null;
    }
}
