using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Storage;

/// <summary>A database as each earlier program left it is brought up to date with all that is in it.</summary>
[Trait("Engine", "sqlite")]
public sealed class UpgradeTests
{
    public static TheoryData<long> Versions => [.. EarlierVersions.All];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_of_every_earlier_version_is_brought_up_to_date_and_loses_nothing(long version)
    {
        using var folder = new TestFolder();
        var options = new StorageOptions { ConnectionString = $"Data Source={folder.File("digest.db")};Pooling=False", DataFolder = folder.Path };
        using (var connection = new SqliteConnection(options.ConnectionString))
        {
            connection.Open();
            foreach (var statement in EarlierVersions.Fill("sqlite", version))
                connection.Execute(statement);
        }
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
            Assert.True(await installation.Get<Migrations>().AreAppliedAsync(CancellationToken.None));
        using var fresh = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: fresh.Path))
            Assert.NotNull(installation);
        Assert.Equal(Columns(fresh), Columns(folder));
        using var upgraded = new SqliteConnection(options.ConnectionString);
        foreach (var row in EarlierVersions.Known(version))
            Assert.Equal(row.Answer, upgraded.ExecuteScalar<string>(row.Ask));
        Assert.Empty(upgraded.Query("pragma foreign_key_check"));
    }

    private static List<string> Columns(TestFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("digest.db")};Pooling=False");
        return [.. connection.Query<string>("select m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by 1")];
    }
}
