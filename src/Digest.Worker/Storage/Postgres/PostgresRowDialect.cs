using System.Data.Common;
using Npgsql;

namespace Digest.Worker.Storage.Postgres;

/// <summary>
/// One statement for all rows, each column an array (https://www.postgresql.org/docs/15/functions-array.html, <c>unnest</c>): a round trip
/// and a plan for each row would cost more than the row.
/// </summary>
internal sealed class PostgresRowDialect : RowDialect
{
    public override async Task<int> InsertAsync(DbTransaction transaction, RowInsert insert, GivenRows rows)
    {
        if (rows.Count == 0)
            return 0;
        await using var command = Command(transaction, Sql(insert), rows);
        return await command.ExecuteNonQueryAsync();
    }

    public override Task<IReadOnlyList<(long Key, long Id)>> InsertAsync(DbTransaction transaction, RowInsert insert, string key, GivenRows rows) =>
        QueryAsync(transaction, $"{Sql(insert)} returning {key}, id", rows, row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>An array: the statement stays the same whatever is in it, and is planned once a connection.</summary>
    public override SqlPart Among(DbCommand command, IReadOnlyCollection<long> numbers)
    {
        command.Parameters.Add(new NpgsqlParameter("among", numbers.ToArray()));
        return new("= any(@among)");
    }

    public override async Task<IReadOnlyList<IReadOnlyList<long>>> ChangeAsync(DbTransaction transaction, string? before, IReadOnlyList<RowChange> changes)
    {
        var inner = ((PostgresTransaction)transaction).Inner;
        await using var batch = new NpgsqlBatch(inner.Connection, inner);
        if (before is not null)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(before));
        foreach (var change in changes)
            batch.BatchCommands.Add(Command(change));
        await using var reader = await batch.ExecuteReaderAsync();
        if (before is not null)
            await reader.NextResultAsync();
        var changed = new List<IReadOnlyList<long>>(changes.Count);
        foreach (var change in changes)
        {
            var keys = new List<long>(change.Rows.Count);
            // One that inserts answers nothing, and has no place among the answers.
            if (change is not RowsInserted)
            {
                while (await reader.ReadAsync())
                    keys.Add(reader.GetInt64(0));
                await reader.NextResultAsync();
            }
            changed.Add(keys);
        }
        // A fault of one that answers nothing is told of here.
        while (await reader.NextResultAsync())
            continue;
        return changed;
    }

    private static NpgsqlBatchCommand Command(RowChange change)
    {
        var command = new NpgsqlBatchCommand(Over(change.Rows, (_, place) => $"${place + 1}", (change is RowsTaken from ? Taking(from) : "") + change switch
        {
            RowsUpdated { PassesOverTaken: true } updated => PassingOver(updated),
            RowsUpdated updated => $"update {updated.Table} set {updated.Set} from given where {updated.Table}.{updated.Key} = given.{updated.Key} and {updated.Where} returning {updated.Table}.{updated.Key}",
            RowsTaken taken => $"update {taken.Table} set {taken.Set} from given join taken on taken.{taken.FromKey} = given.{taken.Key} and {OfTaken(taken)} where {taken.Table}.{taken.Key} = given.{taken.Key} returning {taken.Table}.{taken.Key}",
            RowsInserted inserted => Sql(inserted.Insert),
            _ => throw new ArgumentException($"{change.GetType()} is not known.", nameof(change)),
        }));
        foreach (var column in change.Rows.Columns)
            command.Parameters.Add(Parameter(new NpgsqlParameter(), column, PostgresText.Fit(column.Values)));
        return command;
    }

    /// <summary>Each row is found once by its key; a condition "and is one of those that are free" made PostgreSQL go through all of them for each.</summary>
    private static string PassingOver(RowsUpdated updated) =>
        $"""
        update {updated.Table} set {updated.Set.Replace("given.", "free.", StringComparison.Ordinal)}
        from (select given.* from given join {updated.Table} on {updated.Table}.{updated.Key} = given.{updated.Key} where {updated.Where} for update skip locked) as free
        where {updated.Table}.{updated.Key} = free.{updated.Key}
        returning {updated.Table}.{updated.Key}
        """;

    /// <summary>What is taken away is looked for once and not for both tables.</summary>
    private static string Taking(RowsTaken taken) =>
        $", taken as (delete from {taken.From} using given where {taken.From}.{taken.FromKey} = given.{taken.Key} and {taken.Held} returning {taken.From}.*) ";

    /// <summary>Of two that were given for one row only the one for which it was taken away changes it.</summary>
    private static string OfTaken(RowsTaken taken) => taken.Held.Replace(taken.From + ".", "taken.", StringComparison.Ordinal);

    private static string Sql(RowInsert insert) => $"insert into {insert.Into} select {insert.Values} from given {insert.Conflict}";

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(DbTransaction transaction, string sql, GivenRows rows, Func<DbDataReader, T> read)
    {
        if (rows.Count == 0)
            return [];
        await using var command = Command(transaction, sql, rows);
        await using var reader = await command.ExecuteReaderAsync();
        var answers = new List<T>(rows.Count);
        while (await reader.ReadAsync())
            answers.Add(read(reader));
        return answers;
    }

    private static DbCommand Command(DbTransaction transaction, string sql, GivenRows rows)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Over(rows, (column, _) => "@" + column.Name, sql);
        foreach (var column in rows.Columns)
        {
            command.Parameters.Add(Parameter((NpgsqlParameter)command.CreateParameter(), column, column.Values));
            command.Parameters[^1].ParameterName = column.Name;
        }
        return command;
    }

    private static NpgsqlParameter Parameter(NpgsqlParameter parameter, GivenColumn column, object values)
    {
        parameter.Value = values;
        // Octets would be bytea.
        if (column.Values is ReadOnlyMemory<byte>[])
            parameter.DataTypeName = "text[]";
        return parameter;
    }

    private static string Over(GivenRows rows, Func<GivenColumn, int, string> place, string sql)
    {
        var names = string.Join(", ", rows.Columns.Select(column => column.Name));
        return $"with given as (select {names} from unnest({string.Join(", ", rows.Columns.Select((column, number) => $"cast({place(column, number)} as {Type(column)}[])"))}) as given ({names})) {sql}";
    }

    private static string Type(GivenColumn column) => column.Values switch
    {
        string?[] or ReadOnlyMemory<byte>[] => "text",
        double[] => "double precision",
        _ => "bigint",
    };
}
