using System.Data.Common;
using Dapper;

namespace Digest.Worker.Storage.Copying;

/// <summary>SQLite's catalogue (https://www.sqlite.org/pragma.html).</summary>
internal sealed class SqliteTableDialect : TableDialect
{
    public override async Task<IReadOnlyList<TableShape>> TablesAsync(DbConnection connection)
    {
        var tables = new List<TableShape>();
        foreach (var name in (await connection.QueryAsync<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")).Where(IsCopied))
        {
            var columns = (await connection.QueryAsync<(string Name, string Type, long Place)>("select name, type, pk from pragma_table_info(@name) order by name", new { name })).AsList();
            tables.Add(new TableShape(name, [.. columns.Select(column => new Column(column.Name, TypeOf(column.Type)))],
                [.. columns.Where(column => column.Place > 0).OrderBy(column => column.Place).Select(column => column.Name)],
                [.. await connection.QueryAsync<string>("select distinct \"table\" from pragma_foreign_key_list(@name)", new { name })]));
        }
        return tables;
    }

    public override Task InsertAsync(DbTransaction transaction, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {TableShape.Quoted(table.Name)} ({TableShape.List(table.Columns.Select(column => column.Name))}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        var values = Enumerable.Range(0, table.Columns.Count).Select(i =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < values.Length; i++)
                values[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
        return Task.CompletedTask;
    }

    public override Task<long> LastNumberAsync(DbConnection connection, TableShape table) =>
        connection.ExecuteScalarAsync<long>("select coalesce(max(seq), 0) from sqlite_sequence where name = @Name", new { table.Name });

    public override async Task SetLastNumberAsync(DbTransaction transaction, TableShape table, long last)
    {
        await transaction.ExecuteAsync("delete from sqlite_sequence where name = @Name", new { table.Name });
        await transaction.ExecuteAsync("insert into sqlite_sequence (name, seq) values (@Name, @last)", new { table.Name, last });
    }

    /// <summary>A file tells nothing of who has it open; the workers' own locks do.</summary>
    public override Task<long> OthersAsync(DbConnection connection) => Task.FromResult(0L);

    public override string Describe(DbConnection connection) => $"SQLite {Path.GetFullPath(connection.DataSource)}";
}
