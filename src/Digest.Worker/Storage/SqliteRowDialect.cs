using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>SQLite stands in the process: a statement that is compiled once and run for each row costs less than any way to hand it many.</summary>
internal sealed class SqliteRowDialect : RowDialect
{
    public override Task<int> ExecuteAsync(DbTransaction transaction, string sql, GivenRows rows)
    {
        var changed = 0;
        Run(transaction, sql, rows, command => changed += command.ExecuteNonQuery());
        return Task.FromResult(changed);
    }

    public override Task<IReadOnlyList<T>> QueryAsync<T>(DbTransaction transaction, string sql, GivenRows rows, Func<DbDataReader, T> read)
    {
        var answers = new List<T>(rows.Count);
        Run(transaction, sql, rows, command =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                answers.Add(read(reader));
        });
        return Task.FromResult<IReadOnlyList<T>>(answers);
    }

    private static void Run(DbTransaction transaction, string sql, GivenRows rows, Action<DbCommand> run)
    {
        if (rows.Count == 0)
            return;
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"with given as (select {string.Join(", ", rows.Columns.Select(column => $"@{column.Name} as {column.Name}"))}) {sql}";
        foreach (var column in rows.Columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + column.Name;
            command.Parameters.Add(parameter);
        }
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows.Columns.Count; column++)
                command.Parameters[column].Value = rows.Columns[column].Values.GetValue(row) ?? DBNull.Value;
            run(command);
        }
    }
}
