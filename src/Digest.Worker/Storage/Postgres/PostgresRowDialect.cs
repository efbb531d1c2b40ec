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

    public override async Task<IReadOnlyList<T>> QueryAsync<T>(DbTransaction transaction, string sql, GivenRows rows, Func<ReadOnlySpan<long>, T> read)
    {
        if (rows.Count == 0)
            return [];
        await using var command = Command(transaction, sql, rows);
        await using var reader = await command.ExecuteReaderAsync();
        var answers = new List<T>(rows.Count);
        var numbers = new long[reader.FieldCount];
        while (await reader.ReadAsync())
        {
            for (var column = 0; column < numbers.Length; column++)
                numbers[column] = reader.GetInt64(column);
            answers.Add(read(numbers));
        }
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
