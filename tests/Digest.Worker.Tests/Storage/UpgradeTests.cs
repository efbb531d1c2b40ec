using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Tests.Storage;

/// <summary>A database as each earlier program left it is brought up to date with all that is in it.</summary>
[Trait("Engine", "sqlite")]
public sealed class UpgradeTests
{
    private static readonly (long Version, string Sql)[] All = [.. typeof(DigestHost).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(name => (long.Parse(Path.GetFileName(name)[..3], System.Globalization.CultureInfo.InvariantCulture), Read(name)))];

    // From the fifth on: the first program that was given to anybody.
    public static TheoryData<long> Versions => [.. All.Select(migration => migration.Version).Where(version => version >= 5)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_of_every_earlier_version_is_brought_up_to_date_and_loses_nothing(long version)
    {
        using var folder = new TestFolder();
        var options = new StorageOptions { ConnectionString = $"Data Source={folder.File("digest.db")};Pooling=False", DataFolder = folder.Path };
        using (var connection = new SqliteConnection(options.ConnectionString))
        {
            connection.Open();
            connection.Execute("create table schema_migration (version integer not null primary key, name text not null, applied_at text not null)");
            foreach (var migration in All.Where(migration => migration.Version <= version))
            {
                connection.Execute(migration.Sql);
                connection.Execute("insert into schema_migration values (@Version, 'x', '2026-01-01T00:00:00.000Z')", new { migration.Version });
            }
            connection.Execute(
                """
                insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at) values (1, 'a@example.org', 'a@example.org', 'en', 'UTC', 'daily', 7, 20, 'x', 'active', '2026-01-01T00:00:00.000Z');
                insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at) values ('k', 'welcome', 'a@example.org', 'example.org', '{}', 'queued', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
                insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (1, 'p1', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z');
                insert into batch (source, day, state, counts, announced, detail, checked_at) values ('s', '2026-01-01', 'whole', '[]', 1, '', '2026-01-01T00:00:00.000Z');
                """);
        }
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
            Assert.True(await installation.Get<Migrations>().AreAppliedAsync(CancellationToken.None));
        using var fresh = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: fresh.Path))
            Assert.NotNull(installation);
        Assert.Equal(Columns(fresh), Columns(folder));
        using var upgraded = new SqliteConnection(options.ConnectionString);
        Assert.Equal("a@example.org x queued p1 whole", upgraded.ExecuteScalar<string>("select s.email || ' ' || s.profile || ' ' || o.state || ' ' || p.work_key || ' ' || b.state from subscriber s, outbox o, paper p, batch b"));
    }

    private static List<string> Columns(TestFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("digest.db")};Pooling=False");
        return [.. connection.Query<string>("select m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by 1")];
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(DigestHost).Assembly.GetManifestResourceStream(resource)!);
        return MigrationText.For("sqlite", reader.ReadToEnd());
    }
}
