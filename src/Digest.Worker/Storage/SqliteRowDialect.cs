using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>
/// SQLite stands in the process: a statement that is compiled once and run for each row costs less than any way to hand it many. What it changed is asked
/// of the connection: <c>returning</c> goes through a table of its own, and costs as much as the change.
/// </summary>
internal sealed class SqliteRowDialect : RowDialect
{
    public override Task<int> InsertAsync(DbTransaction transaction, RowInsert insert, GivenRows rows)
    {
        var changed = 0;
        Run(transaction, Sql(insert), rows, (statement, _) => changed += statement.Changed);
        return Task.FromResult(changed);
    }

    public override Task<IReadOnlyList<(long Key, long Id)>> InsertAsync(DbTransaction transaction, RowInsert insert, string key, GivenRows rows)
    {
        var inserted = new List<(long, long)>(rows.Count);
        var keys = rows.Numbers(key);
        Run(transaction, Sql(insert), rows, (statement, row) =>
        {
            if (statement.Changed > 0)
                inserted.Add((keys[row], statement.Inserted));
        });
        return Task.FromResult<IReadOnlyList<(long, long)>>(inserted);
    }

    public override async Task<IReadOnlyList<IReadOnlyList<long>>> ChangeAsync(DbTransaction transaction, string? before, IReadOnlyList<RowChange> changes)
    {
        if (before is not null)
            await transaction.ExecuteAsync(before);
        return [.. changes.Select(change => Change(transaction, change))];
    }

    public override RowTexts Texts(DbDataReader rows) => rows is SqliteDataReader own ? new SqliteRowTexts(own) : base.Texts(rows);

    private static List<long> Change(DbTransaction transaction, RowChange change)
    {
        var (sql, key) = change switch
        {
            RowsUpdated updated => ($"update {updated.Table} set {updated.Set} where {updated.Key} = given.{updated.Key} and {updated.Where}", updated.Key),
            RowsDeleted deleted => ($"delete from {deleted.Table} where {deleted.Key} = given.{deleted.Key} and {deleted.Where}", deleted.Key),
            RowsInserted inserted => (Sql(inserted.Insert), null),
            _ => throw new ArgumentException($"{change.GetType()} is not known.", nameof(change)),
        };
        var changed = new List<long>();
        var keys = key is null ? null : change.Rows.Numbers(key);
        Run(transaction, Named(sql), change.Rows, (statement, row) =>
        {
            if (keys is not null && statement.Changed > 0)
                changed.Add(keys[row]);
        });
        return changed;
    }

    /// <summary>What comes from a <c>select</c> could be many rows: SQLite would keep a statement journal for them (https://www.sqlite.org/tempfiles.html).</summary>
    private static string Sql(RowInsert insert) => Named($"insert into {insert.Into} values ({insert.Values}) {insert.Conflict}");

    /// <summary>With a value's name where it is used: <c>given</c> would be a table as well.</summary>
    private static string Named(string sql) => sql.Replace("given.", "@", StringComparison.Ordinal);

    private static void Run(DbTransaction transaction, string sql, GivenRows rows, Action<SqliteStatement, int> ran)
    {
        if (rows.Count == 0)
            return;
        using var statement = new SqliteStatement(((SqliteConnection)transaction.Connection!).Handle!, sql, rows);
        for (var row = 0; row < rows.Count; row++)
        {
            statement.Run(rows, row);
            ran(statement, row);
        }
    }
}
