using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>
/// One connection that stays open with its statements compiled, for what is written with every mail: opening, preparing and compiling
/// cost more than the writing itself. One unit of work at a time, beside others
/// that share the right to write. After a failure it begins anew.
/// </summary>
internal sealed class KeptConnection(Database database) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> compiled = new(StringComparer.Ordinal);
    private DbConnection? connection;

    /// <summary>Runs <paramref name="work"/> in one write transaction; commits when it returns, rolls back when it throws.</summary>
    public async Task WriteAsync(Action<Statements> work)
    {
        try
        {
            connection ??= await database.OpenAsync(CancellationToken.None);
            using var turn = await database.TurnToWriteAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(database.Isolation, CancellationToken.None);
            work(new Statements(transaction, compiled, database, database.RightToWrite));
            await transaction.CommitAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in compiled.Values)
            await command.DisposeAsync();
        compiled.Clear();
        if (connection is { } open)
            await open.DisposeAsync();
        connection = null;
    }
}
