using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>SQLite stands in the process: a statement that is compiled once and run for each row costs less than any way to hand it many.</summary>
internal sealed class SqliteRowDialect : RowDialect
{
    public override Task<int> ExecuteAsync(DbTransaction transaction, string sql, GivenRows rows)
    {
        var changed = 0;
        if (rows.Count > 0)
        {
            using var statement = Compile(transaction, sql, rows);
            for (var row = 0; row < rows.Count; row++)
            {
                statement.Bind(rows, row);
                while (statement.Step())
                {
                }
                changed += statement.Changed;
            }
        }
        return Task.FromResult(changed);
    }

    public override Task<IReadOnlyList<T>> QueryAsync<T>(DbTransaction transaction, string sql, GivenRows rows, Func<ReadOnlySpan<long>, T> read)
    {
        var answers = new List<T>(rows.Count);
        if (rows.Count > 0)
        {
            using var statement = Compile(transaction, sql, rows);
            for (var row = 0; row < rows.Count; row++)
            {
                statement.Bind(rows, row);
                while (statement.Step())
                    answers.Add(read(statement.Numbers()));
            }
        }
        return Task.FromResult<IReadOnlyList<T>>(answers);
    }

    private static SqliteStatement Compile(DbTransaction transaction, string sql, GivenRows rows) => new(((SqliteConnection)transaction.Connection!).Handle!,
        $"with given as (select {string.Join(", ", rows.Columns.Select(column => $"@{column.Name} as {column.Name}"))}) {sql}", rows);
}
