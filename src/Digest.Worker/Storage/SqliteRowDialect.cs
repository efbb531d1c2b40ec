using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>
/// SQLite stands in the process: a statement that is compiled once and run for each row costs less than any way to hand it many. What it changed is asked
/// of the connection: <c>returning</c> goes through a table of its own, and costs as much as the change.
/// </summary>
internal sealed partial class SqliteRowDialect : RowDialect
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

    public override SqlPart Among(DbCommand command, IReadOnlyCollection<long> numbers) => new($"in ({new NumberList(numbers)})");

    public override RowTexts Texts(DbDataReader rows) => rows is SqliteDataReader own ? new SqliteRowTexts(own) : base.Texts(rows);

    private static List<long> Change(DbTransaction transaction, RowChange change)
    {
        switch (change)
        {
            case RowsUpdated updated:
                return Changed(transaction, $"update {updated.Table} set {updated.Set} where {updated.Key} = given.{updated.Key} and {updated.Where}", updated.Key, change.Rows);
            case RowsTaken taken:
                var held = $"{taken.FromKey} = given.{taken.Key} and {taken.Held}";
                var set = Taken().Replace(taken.Set, $"(select $1 from {taken.From} where {taken.FromKey} = given.{taken.Key})");
                var changed = Changed(transaction, $"update {taken.Table} set {set} where {taken.Key} = given.{taken.Key} and exists (select 1 from {taken.From} where {held})", taken.Key, change.Rows);
                Run(transaction, Named($"delete from {taken.From} where {held}"), change.Rows, (_, _) => { });
                return changed;
            case RowsInserted inserted:
                Run(transaction, Sql(inserted.Insert), change.Rows, (_, _) => { });
                return [];
            default:
                throw new ArgumentException($"{change.GetType()} is not known.", nameof(change));
        }
    }

    /// <returns>The keys of the rows that were changed.</returns>
    private static List<long> Changed(DbTransaction transaction, string sql, string key, GivenRows rows)
    {
        var (changed, keys) = (new List<long>(), rows.Numbers(key));
        Run(transaction, Named(sql), rows, (statement, row) =>
        {
            if (statement.Changed > 0)
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

    [GeneratedRegex(@"\btaken\.(\w+)")]
    private static partial Regex Taken();
}
