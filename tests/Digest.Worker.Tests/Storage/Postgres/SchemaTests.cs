using System.Text.RegularExpressions;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Postgres;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Digest.Worker.Tests.Storage.Postgres;

/// <summary>One text makes the same tables on both engines: columns, keys, references, indexes and checks are read back from each and compared.</summary>
public sealed partial class SchemaTests
{
    // The words of papers are kept by each engine's own full text search.
    private const string OfOneEngine = "paper_(words|vocabulary).*";

    [FactWith<PostgresServer>]
    public async Task The_migrations_make_equal_tables_on_both_engines()
    {
        using var folder = new TestFolder();
        var file = $"Data Source={folder.File("schema.db")};Pooling=False";
        await new Migrations(new Database(new SqliteDialect(new StorageOptions { ConnectionString = file })), TimeProvider.System).ApplyAsync(CancellationToken.None);
        var server = await TestDatabase.CreatePostgresAsync();
        await using var sqlite = new SqliteConnection(file);
        await using var postgres = new NpgsqlConnection(server);
        var (here, there) = (await SqliteAsync(sqlite), await PostgresAsync(postgres));
        Assert.Contains("check issue_paper block=paper_id/64", here);
        Assert.True(here.Count > 150, $"only {here.Count} facts were read: the comparison is broken");
        Assert.Equal(here, there);
        await postgres.CloseAsync();
        await TestDatabase.DropPostgresAsync(server);
    }

    [FactWith<PostgresServer>]
    public async Task Asked_again_or_by_many_at_once_each_migration_is_applied_once_and_a_newer_database_is_refused()
    {
        var server = await TestDatabase.CreateEmptyAsync();
        await using var dialect = new PostgresDialect(new StorageOptions { ConnectionString = server }, TimeProvider.System);
        var database = new Database(dialect);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrations(database, TimeProvider.System).ApplyAsync(CancellationToken.None))));
        Assert.Equal(applied.SelectMany(names => names).Order(StringComparer.Ordinal), applied.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal));
        Assert.True(await new Migrations(database, TimeProvider.System).AreAppliedAsync(CancellationToken.None));
        await database.WriteAsync(transaction => transaction.ExecuteAsync("insert into schema_migration (version, name, applied_at) values (99999, 'later', '')"), CancellationToken.None);
        var fault = await Assert.ThrowsAsync<MigrationException>(() => new Migrations(database, TimeProvider.System).ApplyAsync(CancellationToken.None));
        Assert.Contains("run the newer program", fault.Message, StringComparison.Ordinal);
        await TestDatabase.DropPostgresAsync(server);
    }

    private static Task<List<string>> SqliteAsync(SqliteConnection connection) => FactsAsync(connection,
        $"""
        with tables as (select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'paper_words%' and name not like 'paper_vocabulary%')
        select 'column ' || t.name || '.' || c.name || ' ' || lower(c.type) || case when c."notnull" = 1 or c.pk > 0 then ' not null' else '' end || ' default ' || coalesce(c.dflt_value, '-')
            from tables t, pragma_table_info(t.name) c
        union all select 'key ' || t.name || ' ' || (select group_concat(k.name, ',') from (select name from pragma_table_info(t.name) where pk > 0 order by pk) k)
            from tables t where exists (select 1 from pragma_table_info(t.name) where pk > 0)
        union all select 'unique ' || t.name || ' ' || (select group_concat(i.name, ',') from (select name from pragma_index_info(l.name) order by seqno) i)
            from tables t, pragma_index_list(t.name) l where l.origin = 'u'
        union all select 'reference ' || t.name || '.' || f."from" || ' -> ' || f."table" || '.' || f."to" || ' ' || lower(f.on_delete) from tables t, pragma_foreign_key_list(t.name) f
        union all select 'index ' || t.name || ' ' || l.name || case when l."unique" = 1 then ' unique' else '' end || case when l.partial = 1 then ' partial' else '' end || ' ' ||
            (select group_concat(coalesce(i.name, 'expression'), ',') from (select name from pragma_index_info(l.name) order by seqno) i)
            from tables t, pragma_index_list(t.name) l where l.origin = 'c'
        union all select 'check ' || m.name || ' ' || trim(l.value) from sqlite_master m, json_each('["' || replace(replace(m.sql, '"', ''), char(10), '","') || '"]') l
            where m.type = 'table' and lower(l.value) glob '*check (*'
        """);

    private static Task<List<string>> PostgresAsync(NpgsqlConnection connection) => FactsAsync(connection,
        $"""
        with tables as (select oid, relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^{OfOneEngine}$'),
        columns as (select t.name as t, a.attname as name, a.attnum, t.oid, format_type(a.atttypid, null) as type, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as preset, l.collname
            from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum left join pg_collation l on l.oid = a.attcollation)
        select 'column ' || t || '.' || name || ' ' || case when type = 'text' and collname = 'C' then 'text' else case type when 'bigint' then 'integer' when 'double precision' then 'real' when 'bytea' then 'blob' else type || ' ' || coalesce(collname, '') end end
            || case when attnotnull then ' not null' else '' end || ' default ' || coalesce(replace(preset, '::text', ''), '-') from columns
        union all select case c.contype when 'p' then 'key ' else 'unique ' end || t.name || ' ' || (select string_agg(a.name, ',' order by k.n) from unnest(c.conkey) with ordinality k (num, n) join columns a on a.oid = t.oid and a.attnum = k.num)
            from tables t join pg_constraint c on c.conrelid = t.oid where c.contype in ('p', 'u')
        union all select 'reference ' || t.name || '.' || a.name || ' -> ' || f.name || '.' || b.name || ' ' || case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' else 'no action' end
            from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' join columns a on a.oid = t.oid and a.attnum = c.conkey[1] join tables f on f.oid = c.confrelid join columns b on b.oid = f.oid and b.attnum = c.confkey[1]
        union all select 'index ' || t.name || ' ' || x.relname || case when i.indisunique then ' unique' else '' end || case when i.indpred is not null then ' partial' else '' end || ' ' ||
            (select string_agg(coalesce(a.name, 'expression'), ',' order by k.n) from unnest(i.indkey::int[]) with ordinality k (num, n) left join columns a on a.oid = t.oid and a.attnum = k.num)
            from tables t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid where not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
        union all select 'check ' || t.name || ' ' || pg_get_constraintdef(c.oid) from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'c'
        """);

    private static async Task<List<string>> FactsAsync(System.Data.Common.DbConnection connection, string sql) =>
        [.. (await connection.QueryAsync<string>(sql)).Select(fact => fact.StartsWith("check ", StringComparison.Ordinal) ? Check(fact) : fact).Order(StringComparer.Ordinal)];

    /// <summary>A rule of a table as both engines tell it: without its word, spaces and parentheses.</summary>
    private static string Check(string fact) => fact.Split(' ', 3) is var parts ? $"check {parts[1]} {Decoration().Replace(parts[2], "")}" : fact;

    [GeneratedRegex(@"check|[\s(),]", RegexOptions.IgnoreCase)]
    private static partial Regex Decoration();
}
