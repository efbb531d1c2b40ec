using System.Data.Common;

namespace Digest.Worker.Storage.Postgres;

/// <summary>
/// One statement for all rows, each column an array (https://www.postgresql.org/docs/15/functions-array.html, <c>unnest</c>): a round trip
/// and a plan for each row would cost more than the row.
/// </summary>
internal sealed class PostgresRowDialect : RowDialect
{
    public override async Task<int> ExecuteAsync(DbTransaction transaction, string sql, GivenRows rows)
    {
        if (rows.Count == 0)
            return 0;
        await using var command = Command(transaction, sql, rows);
        return await command.ExecuteNonQueryAsync();
    }

    public override Task<IReadOnlyList<(long Key, long Id)>> InsertAsync(DbTransaction transaction, string sql, string key, GivenRows rows) =>
        QueryAsync(transaction, $"{sql} returning {key}, id", rows, row => (row.GetInt64(0), row.GetInt64(1)));

    // Each row is found once by its key; a condition "and is one of those that are free" made PostgreSQL go through all of them for each.
    public override Task<IReadOnlyList<long>> UpdateAsync(DbTransaction transaction, RowUpdate update, GivenRows rows) => QueryAsync(transaction,
        $"""
        update {update.Table} set {update.Set.Replace("given.", "free.", StringComparison.Ordinal)}
        from (select given.* from given join {update.Table} on {update.Table}.id = given.id where {update.Where} for update skip locked) as free
        where {update.Table}.id = free.id
        returning {update.Table}.id
        """, rows, row => row.GetInt64(0));

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
        var names = string.Join(", ", rows.Columns.Select(column => column.Name));
        command.CommandText = $"with given as (select {names} from unnest({string.Join(", ", rows.Columns.Select(column => $"cast(@{column.Name} as {Type(column)}[])"))}) as given ({names})) {sql}";
        foreach (var column in rows.Columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = column.Name;
            parameter.Value = column.Values;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static string Type(GivenColumn column) => column.Values switch
    {
        string?[] => "text",
        double[] => "double precision",
        _ => "bigint",
    };
}
