using System.Text.RegularExpressions;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Postgres;
using Digest.Worker.Tests.Support;
using Npgsql;

namespace Digest.Worker.Tests.Storage.Postgres;

/// <summary>What <see cref="UpgradeTests"/> asks of SQLite, of PostgreSQL.</summary>
public sealed partial class PostgresUpgradeTests
{
    public static TheoryData<long> Versions => [.. EarlierVersions.BeforeMoves];

    [TheoryWith<PostgresServer>]
    [MemberData(nameof(Versions))]
    public async Task A_database_from_before_rows_were_moved_is_brought_up_to_date_and_loses_nothing(long version)
    {
        var (server, fresh) = (await TestDatabase.CreateEmptyAsync(), await TestDatabase.CreatePostgresAsync());
        await using (var connection = new NpgsqlConnection(server + ";Pooling=false"))
            foreach (var statement in EarlierVersions.Fill("postgres", version))
                await connection.ExecuteAsync(statement);
        await using (var dialect = new PostgresDialect(new StorageOptions { ConnectionString = server }, TimeProvider.System))
            await new Migrations(new Database(dialect), TimeProvider.System).ApplyAsync(CancellationToken.None);
        await using (var upgraded = new NpgsqlConnection(server + ";Pooling=false"))
        {
            Assert.Equal(await ColumnsAsync(fresh), await ColumnsAsync(server));
            foreach (var row in EarlierVersions.Known(version))
                Assert.Equal(row.Answer, Plain(await upgraded.ExecuteScalarAsync<string>(row.Ask.Replace("group_concat", "string_agg", StringComparison.Ordinal))));
        }
        await TestDatabase.DropPostgresAsync(server);
        await TestDatabase.DropPostgresAsync(fresh);
    }

    /// <summary>PostgreSQL writes JSON with spaces and lines.</summary>
    private static string Plain(string? answer) => Spaces().Replace(answer ?? "", "$1");

    private static async Task<List<string>> ColumnsAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        return [.. await connection.QueryAsync<string>("select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns where table_schema = 'public' order by 1")];
    }

    [GeneratedRegex(@"\s*([\[\]{}:,])\s*")]
    private static partial Regex Spaces();
}
