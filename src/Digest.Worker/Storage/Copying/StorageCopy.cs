using System.Data.Common;

namespace Digest.Worker.Storage.Copying;

/// <summary>
/// Copies all that is stored into another database, of either engine, table by table in the order of the keys, and compares both by counts and hashes.
/// Nobody writes into the source meanwhile. Stopped at any moment and begun again it goes on where it was.
/// </summary>
internal sealed class StorageCopy(IDialect from, IDialect to, TimeProvider time)
{
    /// <summary>Rows of one commit at the target.</summary>
    private const int AtOnce = 5_000;

    /// <param name="told">Called for each step with what is done.</param>
    /// <exception cref="BackupException">It cannot be copied; the source is as it was.</exception>
    public async Task<IReadOnlyList<CopiedTable>> RunAsync(Action<string> told, CancellationToken cancellationToken)
    {
        var (source, target) = (new Database(from), new Database(to));
        await new Migrations(source, time).ApplyAsync(cancellationToken);
        await using var reading = await source.OpenAsync(cancellationToken);
        await using var writing = await target.OpenAsync(cancellationToken);
        if (from.Tables.Describe(reading) == to.Tables.Describe(writing))
            throw new BackupException("--to is the database that Storage:ConnectionString names: there is nothing to copy.");
        if (!await AreAloneAsync(reading, writing, cancellationToken))
            throw new BackupException("A worker has one of the two databases open: stop every service first.");
        await new Migrations(target, time).ApplyUnfinishedAsync(cancellationToken);
        // Held to the end: nobody writes into the source, so what was read stays true.
        await using var held = await source.BeginWriteAsync(reading, shared: false, cancellationToken);
        var tables = TableShape.InOrder(await from.Tables.TablesAsync(reading));
        await RequireAsync(writing, tables);
        await BeginAsync(writing, from.Tables.Describe(reading), tables, cancellationToken);
        foreach (var table in tables)
            await CopyAsync(held, writing, table, told, cancellationToken);
        var copied = new List<CopiedTable>();
        foreach (var table in tables)
            copied.Add(await VerifyAsync(held, writing, table, cancellationToken));
        if (copied.Where(table => !table.IsEqual).Select(table => table.Name).ToList() is { Count: > 0 } different)
            throw new BackupException($"The two databases differ in {string.Join(", ", different)}: the source was changed since the copy was begun, or the target was written to. Empty the target database and copy again.");
        await WriteAsync(writing, TableStore.FinishAsync, cancellationToken);
        return copied;
    }

    /// <summary>A server may take a moment to notice that a service has ended.</summary>
    private async Task<bool> AreAloneAsync(DbConnection reading, DbConnection writing, CancellationToken cancellationToken)
    {
        for (var asked = 0; asked < 20; asked++)
        {
            if (await from.Tables.OthersAsync(reading) + await to.Tables.OthersAsync(writing) == 0)
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
        return false;
    }

    private async Task RequireAsync(DbConnection writing, IReadOnlyList<TableShape> tables)
    {
        var there = TableShape.InOrder(await to.Tables.TablesAsync(writing));
        if (!there.Select(Shape).SequenceEqual(tables.Select(Shape)))
            throw new BackupException("The tables of the two databases are not the same: 'migrate' both with this program.");
        static string Shape(TableShape table) => $"{table.Name}({string.Join(',', table.Columns)})({string.Join(',', table.Key)})";
    }

    private Task BeginAsync(DbConnection writing, string source, IReadOnlyList<TableShape> tables, CancellationToken cancellationToken) => WriteAsync(writing, async transaction =>
    {
        if (await TableStore.BegunAsync(writing, transaction) is null)
            foreach (var table in tables)
                if (await TableStore.AnyAsync(transaction, table))
                    throw new BackupException($"The target has rows of its own ({table.Name}): only an empty database, or one into which a copy was begun, is copied into.");
        await TableStore.BeginAsync(transaction, source, time.GetUtcNow());
    }, cancellationToken);

    private async Task CopyAsync(DbTransaction source, DbConnection writing, TableShape table, Action<string> told, CancellationToken cancellationToken)
    {
        object?[]? last = null;
        await WriteAsync(writing, async transaction =>
        {
            // Rows without a key cannot be gone on with: they are few, and copied in one piece.
            if (table.Key.Count == 0)
                await TableStore.EmptyAsync(transaction, table);
            else
                last = await TableStore.LastKeyAsync(transaction, table, cancellationToken);
        }, cancellationToken);
        var (rows, done) = (new List<object?[]>(AtOnce), 0L);
        await foreach (var row in TableStore.RowsAsync(source, table, last, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count < AtOnce || table.Key.Count == 0)
                continue;
            await PutAsync();
            told($"{table.Name}: {done} rows");
        }
        await PutAsync();
        var number = table.IsNumbered ? await from.Tables.LastNumberAsync(source.Connection!, table) : 0;
        if (number > 0)
            await WriteAsync(writing, transaction => to.Tables.SetLastNumberAsync(transaction, table, number), cancellationToken);

        async Task PutAsync()
        {
            if (rows.Count > 0)
                await WriteAsync(writing, transaction => to.Tables.InsertAsync(transaction, table, rows, cancellationToken), cancellationToken);
            done += rows.Count;
            rows.Clear();
        }
    }

    private async Task<CopiedTable> VerifyAsync(DbTransaction source, DbConnection writing, TableShape table, CancellationToken cancellationToken)
    {
        await using var reading = await to.BeginWriteAsync(writing, shared: true, cancellationToken);
        var (here, there) = (await HashAsync(source, table, cancellationToken), await HashAsync(reading, table, cancellationToken));
        return new CopiedTable(table.Name, here.Rows, there.Rows, here.Hash, there.Hash);
    }

    private static async Task<(long Rows, string Hash)> HashAsync(DbTransaction transaction, TableShape table, CancellationToken cancellationToken)
    {
        using var hash = new RowHash();
        await foreach (var row in TableStore.RowsAsync(transaction, table, null, cancellationToken))
            hash.Add(row);
        return (hash.Rows, hash.Finish());
    }

    private async Task WriteAsync(DbConnection connection, Func<DbTransaction, Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await to.BeginWriteAsync(connection, shared: false, cancellationToken);
        await work(transaction);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <param name="Here">Rows of the source.</param>
/// <param name="There">Rows of the target.</param>
internal sealed record CopiedTable(string Name, long Here, long There, string HashHere, string HashThere)
{
    public bool IsEqual => Here == There && HashHere == HashThere;
}
