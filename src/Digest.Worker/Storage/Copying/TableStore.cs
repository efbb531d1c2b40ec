using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Digest.Worker.Storage.Copying;

/// <summary>Reads the rows of any table, in the order of its key; and the note that a copy is under way.</summary>
internal static class TableStore
{
    /// <summary>Rows behind a key, values in the order of the columns; null for NULL.</summary>
    /// <param name="after">The key's values; null: from the first row on.</param>
    public static async IAsyncEnumerable<object?[]> RowsAsync(DbTransaction transaction, TableShape shape, object?[]? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SqlPart table = TableShape.Quoted(shape.Name);
        SqlPart columns = TableShape.List(shape.Columns.Select(column => column.Name));
        SqlPart order = TableShape.List(shape.Key.Count > 0 ? shape.Key : shape.Columns.Select(column => column.Name));
        SqlPart behind = TableShape.Behind(shape, after);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"select {columns} from {table} {behind} order by {order}";
        for (var i = 0; i < after?.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@k{i}", after[i]);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            for (var i = 0; i < row.Length; i++)
                row[i] = row[i] is DBNull ? null : row[i];
            yield return row;
        }
    }

    /// <summary>The key of the last row; null when there is none.</summary>
    public static async Task<object?[]?> LastKeyAsync(DbTransaction transaction, TableShape shape, CancellationToken cancellationToken)
    {
        SqlPart table = TableShape.Quoted(shape.Name);
        SqlPart key = TableShape.List(shape.Key);
        SqlPart last = TableShape.Descending(shape.Key);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select {key} from {table} order by {last} limit 1";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var values = new object?[reader.FieldCount];
        reader.GetValues(values!);
        return values;
    }

    public static async Task<bool> AnyAsync(DbTransaction transaction, TableShape shape)
    {
        SqlPart table = TableShape.Quoted(shape.Name);
        return await transaction.ScalarAsync<long>($"select count(*) from (select 1 from {table} limit 1) as first") > 0;
    }

    public static Task EmptyAsync(DbTransaction transaction, TableShape shape)
    {
        SqlPart table = TableShape.Quoted(shape.Name);
        return transaction.ExecuteAsync($"delete from {table}");
    }

    /// <summary>When a copy into this database was begun that is not finished; null: none was.</summary>
    public static Task<string?> BegunAsync(DbConnection connection, DbTransaction? transaction = null) =>
        connection.ExecuteScalarAsync<string?>("select min(begun_at) from storage_copy", transaction: transaction);

    public static Task BeginAsync(DbTransaction transaction, string source, DateTimeOffset now) =>
        transaction.ExecuteAsync("insert into storage_copy (source, begun_at) values (@source, @now) on conflict (source) do nothing", new { source, now });

    public static Task FinishAsync(DbTransaction transaction) => transaction.ExecuteAsync("delete from storage_copy");
}
