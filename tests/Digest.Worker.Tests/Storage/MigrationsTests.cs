using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Storage;

[Trait("Engine", "sqlite")]
public sealed class MigrationsTests : IDisposable
{
    private readonly TestFolder folder = new();

    private StorageOptions Options => new() { ConnectionString = $"Data Source={folder.File("digest.db")};Pooling=False;Default Timeout=30", DataFolder = folder.Path };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_row_that_points_nowhere_is_refused_on_every_opening_whatever_the_setting_says()
    {
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?> { ["Storage:ConnectionString"] = $"Data Source={folder.File("keys.db")};Foreign Keys=False" });
        for (var opening = 0; opening < 3; opening++)
            await Assert.ThrowsAsync<SqliteException>(() => installation.Database.WriteAsync(transaction => transaction.ExecuteAsync("insert into paper_key (key, paper_id) values ('k', 9)"), CancellationToken.None));
    }

    [Fact]
    public async Task Each_runs_once_and_asked_again_nothing_happens()
    {
        var migrations = Create();
        Assert.False(await migrations.AreAppliedAsync(CancellationToken.None));
        var applied = await migrations.ApplyAsync(CancellationToken.None);
        Assert.Equal(applied.Order(StringComparer.Ordinal), applied);
        Assert.Equal(applied.Count, applied.Distinct().Count());
        Assert.StartsWith("001-", applied[0], StringComparison.Ordinal);
        var schema = Schema();

        Assert.Empty(await migrations.ApplyAsync(CancellationToken.None));
        Assert.Empty(await Create().ApplyAsync(CancellationToken.None));
        Assert.True(await migrations.AreAppliedAsync(CancellationToken.None));
        Assert.Equal(schema, Schema());
    }

    [Fact]
    public async Task Many_that_start_at_once_apply_each_migration_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Create().ApplyAsync(CancellationToken.None))));
        var all = applied.SelectMany(names => names).ToList();
        Assert.Equal(all.Distinct().Count(), all.Count);
        Assert.True(await Create().AreAppliedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        await Create().ApplyAsync(CancellationToken.None);
        using (var connection = Open())
            connection.Execute("insert into schema_migration (version, name, applied_at) values (9999, '9999-from-the-future', '')");
        var fault = await Assert.ThrowsAsync<MigrationException>(() => Create().ApplyAsync(CancellationToken.None));
        Assert.Contains("9999", fault.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_leaves_nothing_of_itself_and_works_once_the_cause_is_gone()
    {
        // A table that stands in the way of the second migration, whose other statements must be undone with it.
        using (var connection = Open())
            connection.Execute("create table suppression (x integer)");
        var fault = await Assert.ThrowsAsync<MigrationException>(() => Create().ApplyAsync(CancellationToken.None));
        Assert.Contains("002-subscribers", fault.Message, StringComparison.Ordinal);
        using (var connection = Open())
        {
            Assert.Equal(["001-papers"], connection.Query<string>("select name from schema_migration"));
            Assert.Equal(0, connection.ExecuteScalar<long>("select count(*) from sqlite_master where name = 'subscriber'"));
            connection.Execute("drop table suppression");
        }
        Assert.Equal("002-subscribers", (await Create().ApplyAsync(CancellationToken.None))[0]);
    }

    [Fact]
    public async Task Every_table_is_strict_and_the_file_is_in_WAL_with_foreign_keys_on()
    {
        await Create().ApplyAsync(CancellationToken.None);
        await using var connection = await new Database(new SqliteDialect(Options)).OpenAsync(CancellationToken.None);
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("pragma foreign_keys"));
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("pragma synchronous"));
        Assert.Equal(["schema_migration"], await connection.QueryAsync<string>("select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%'"));
    }

    /// <summary>Without one, deleting a row reads the whole table of those that may belong to it.</summary>
    [Fact]
    public async Task Every_foreign_key_has_an_index_that_begins_with_it()
    {
        await Create().ApplyAsync(CancellationToken.None);
        using var connection = Open();
        Assert.Empty(connection.Query<string>(
            """
            select m.name || '.' || f."from" from sqlite_master m, pragma_foreign_key_list(m.name) f
            where m.type = 'table' and not exists (select 1 from pragma_index_list(m.name) i, pragma_index_info(i.name) c where c.seqno = 0 and c.name = f."from")
              -- A number that is the primary key is where the row stands.
              and not exists (select 1 from pragma_table_info(m.name) t where t.pk = 1 and t.type = 'INTEGER' and t.name = f."from")
            """));
    }

    [Fact]
    public async Task Work_that_throws_leaves_nothing_behind()
    {
        await Create().ApplyAsync(CancellationToken.None);
        var database = new Database(new SqliteDialect(Options));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync("insert into suppression (address_key, reason, created_at) values ('a@b', 'x', '')");
            throw new InvalidOperationException("the work broke");
        }, CancellationToken.None));
        Assert.Equal(0, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from suppression"), CancellationToken.None));
    }

    private Migrations Create() => new(new Database(new SqliteDialect(Options)), TimeProvider.System);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(Options.ConnectionString);
        connection.Open();
        return connection;
    }

    private List<string> Schema()
    {
        using var connection = Open();
        return [.. connection.Query<string>("select coalesce(sql, name) from sqlite_master order by name")];
    }
}
