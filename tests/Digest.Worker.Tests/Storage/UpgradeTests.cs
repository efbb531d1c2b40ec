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

    // What waited had a table of its own before this migration.
    private const long WaitingInSubscriber = 112;

    // The papers of an issue had rows of their own before this one.
    private const long OneRowAnIssue = 121;
    private const long ClaimsApart = 123;

    // A row of issue_paper had no block before this one.
    private const long PapersInBlocks = 125;

    // One row, since which migration it can be there, and what is asked of it afterwards.
    private static readonly (long Since, string Insert, string Ask, string Answer)[] Rows =
    [
        (1, "insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (1, 'p1', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z')", "select work_key from paper", "p1"),
        (1, "insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (2, 'p2', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z')", "select work_key from paper where id = 2", "p2"),
        (1, "insert into paper_key (key, paper_id) values ('p1', 1)", "select key || paper_id from paper_key", "p11"),
        (1, "insert into source_cursor (source, cursor) values ('s', 'c')", "select cursor from source_cursor", "c"),
        (1, "insert into batch (source, day, state, counts, announced, detail, checked_at) values ('s', '2026-01-01', 'whole', '[]', 1, '', '2026-01-01T00:00:00.000Z')", "select state from batch", "whole"),
        (2, "insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at) values (1, 'a@example.org', 'a@example.org', 'en', 'UTC', 'daily', 7, 20, 'x', 'active', '2026-01-01T00:00:00.000Z')", "select email || ' ' || profile from subscriber", "a@example.org x"),
        (2, "insert into suppression (address_key, reason, created_at) values ('b@example.org', 'bounced', '2026-01-01T00:00:00.000Z')", "select reason from suppression", "bounced"),
        (3, "insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at) values ('k', 'welcome', 'a@example.org', 'example.org', '{}', 'queued', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')", "select state from outbox", "queued"),
        (3, """
            insert into outbox (id, key, kind, recipient, domain, payload, state, attempts, due_at, claim, claimed_until, marked_at, message_id, created_at) values
                (71, 'c', 'welcome', 'a@example.org', 'example.org', '{}', 'claimed', 1, '2026-01-01', 'w', '2026-01-02', null, null, '2026-01-01'),
                (72, 'd', 'welcome', 'a@example.org', 'example.org', '{}', 'in_doubt', 0, '2026-01-01', 'w', '2026-01-02', '2026-01-03', 'm', '2026-01-01'),
                (73, 'e', 'welcome', 'a@example.org', 'example.org', '{}', 'in_doubt', 0, '2026-01-01', null, null, '2026-01-03', 'n', '2026-01-01')
            """, "select group_concat(o.state || n.state || coalesce(n.claim || n.claimed_until, '') || coalesce(n.message_id, ''), ' ') from outbox_now n join outbox o on o.id = n.id where n.id > 70",
            "deferredclaimedw2026-01-02 queuedin_doubtw2026-01-02m in_doubtin_doubtn"),
        (4, "insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt) values (1, 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01', '{}', 0, '{}')", "select local_date from issue", "2026-01-01"),
        (4, """insert into issue_paper (issue_id, position, subscriber_id, paper_id, score, choice) values (1, 2, 1, 1, 2.5, '{}'), (1, 1, 1, 2, 0.1, '{"Interest":"x"}')""",
            "select papers || paper_ids || choices || (select group_concat(paper_id || '>' || issue_id) from issue_paper) from issue", """2[2,1][{"Score":0.1,"Interest":"x"},{"Score":2.5}]1>1,2>1"""),
        (4, "delete from outbox where key = 'none'", "select composed_at from subscriber", "2026-01-01T00:00:00.000Z"),
        (4, "insert into held_over (subscriber_id, paper_id, expires_at) values (1, 1, '2026-02-01T00:00:00.000Z')", "select waiting from subscriber where id = 1", """{"2026-02-01T00:00:00.000Z":[1]}"""),
        (OneRowAnIssue, "insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt) values (9, 1, '2026-01-09T00:00:00.000Z', '2026-01-09T00:00:00.000Z', '2026-01-09', '{}', 0, '{}')", "select due_at from issue where id = 9", "2026-01-09T00:00:00.000Z"),
        (OneRowAnIssue, "insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (64, 'p64', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z'); insert into issue_paper (paper_id, subscriber_id, issue_id) values (64, 1, 9)",
            "select group_concat(block || '/' || subscriber_id || '/' || paper_id || '/' || issue_id) from issue_paper where issue_id = 9", "1/1/64/9"),
        (5, "insert into bounce (subscriber_id, day, severity, reason, counts, domain, created_at) values (1, '2026-01-01', 'soft', 'r', 1, 'example.org', '2026-01-01T00:00:00.000Z')", "select severity from bounce", "soft"),
        (60, "insert into alarm (key, sentence, remedy, since) values ('relay', 'gone', '', '2026-01-01T00:00:00.000Z')", "select sentence from alarm", "gone"),
    ];

    public static TheoryData<long> Versions => [.. All.Select(migration => migration.Version)];

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
            foreach (var row in Known(version))
                connection.Execute(row.Insert);
        }
        await using (var installation = await Installation.CreateAsync(folder: folder.Path))
            Assert.True(await installation.Get<Migrations>().AreAppliedAsync(CancellationToken.None));
        using var fresh = new TestFolder();
        await using (var installation = await Installation.CreateAsync(folder: fresh.Path))
            Assert.NotNull(installation);
        Assert.Equal(Columns(fresh), Columns(folder));
        using var upgraded = new SqliteConnection(options.ConnectionString);
        foreach (var row in Known(version))
            Assert.Equal(row.Answer, upgraded.ExecuteScalar<string>(row.Ask));
        Assert.Empty(upgraded.Query("pragma foreign_key_check"));
    }

    /// <summary>The rows that a database of that version can have.</summary>
    private static IEnumerable<(long Since, string Insert, string Ask, string Answer)> Known(long version) => Rows.Where(row => row.Since <= version
        && (version < WaitingInSubscriber || !row.Insert.Contains("held_over", StringComparison.Ordinal))
        && (version < PapersInBlocks || !row.Insert.Contains("issue_paper (paper_id", StringComparison.Ordinal))
        && (version < ClaimsApart || !row.Insert.Contains("claimed_until", StringComparison.Ordinal))
        && (version < OneRowAnIssue || !(row.Insert.Contains("issue_paper (issue_id", StringComparison.Ordinal) || row.Ask.Contains("composed_at", StringComparison.Ordinal))));

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
