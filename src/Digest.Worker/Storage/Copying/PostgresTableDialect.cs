using System.Data.Common;
using Dapper;
using Digest.Worker.Storage.Postgres;
using NpgsqlTypes;

namespace Digest.Worker.Storage.Copying;

/// <summary>PostgreSQL's catalogue, and its COPY (https://www.postgresql.org/docs/15/sql-copy.html).</summary>
internal sealed class PostgresTableDialect : TableDialect
{
    public override async Task<IReadOnlyList<TableShape>> TablesAsync(DbConnection connection)
    {
        var tables = new List<TableShape>();
        foreach (var name in (await connection.QueryAsync<string>("select relname from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace order by relname")).Where(IsCopied))
        {
            var columns = (await connection.QueryAsync<(string Name, string Type, long Place)>(
                """
                select a.attname::text, format_type(a.atttypid, null), coalesce(array_position(k.conkey, a.attnum), 0)::bigint
                from pg_attribute a left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
                where a.attrelid = to_regclass(quote_ident(@name)) and a.attnum > 0 and not a.attisdropped order by a.attname
                """, new { name })).AsList();
            tables.Add(new TableShape(name, [.. columns.Select(column => new Column(column.Name, TypeOf(column.Type)))],
                [.. columns.Where(column => column.Place > 0).OrderBy(column => column.Place).Select(column => column.Name)],
                [.. await connection.QueryAsync<string>("select distinct f.relname::text from pg_constraint c join pg_class f on f.oid = c.confrelid where c.contype = 'f' and c.conrelid = to_regclass(quote_ident(@name))", new { name })]));
        }
        return tables;
    }

    public override async Task InsertAsync(DbTransaction transaction, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var connection = ((PostgresConnection)transaction.Connection!).Inner;
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {TableShape.Quoted(table.Name)} ({TableShape.List(table.Columns.Select(column => column.Name))}) from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellationToken);
            for (var i = 0; i < row.Length; i++)
                if (row[i] is { } value)
                    await writer.WriteAsync(value is string text ? PostgresText.Fit(text) : value, TypeOf(table.Columns[i].Type), cancellationToken);
                else
                    await writer.WriteNullAsync(cancellationToken);
        }
        await writer.CompleteAsync(cancellationToken);
    }

    public override Task<long> LastNumberAsync(DbConnection connection, TableShape table) => connection.ExecuteScalarAsync<long>(
        "select coalesce(pg_sequence_last_value(pg_get_serial_sequence(quote_ident(@Name), 'id')::regclass), 0)", new { table.Name });

    public override Task SetLastNumberAsync(DbTransaction transaction, TableShape table, long last) =>
        transaction.ExecuteAsync("select setval(pg_get_serial_sequence(quote_ident(@Name), 'id'), @last)", new { table.Name, last });

    public override Task<long> OthersAsync(DbConnection connection) => connection.ExecuteScalarAsync<long>(
        $"""
        select count(distinct coalesce(client_addr::text, '') || coalesce(client_port, 0)) from pg_stat_activity
        where datname = current_database() and application_name = '{PostgresDialect.ApplicationName}' and pid <> pg_backend_pid() and backend_type = 'client backend'
        """);

    public override string Describe(DbConnection connection) => $"PostgreSQL {connection.Database} at {connection.DataSource}";

    private static NpgsqlDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Number => NpgsqlDbType.Bigint,
        ColumnType.Real => NpgsqlDbType.Double,
        ColumnType.Text => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bytea,
    };
}
