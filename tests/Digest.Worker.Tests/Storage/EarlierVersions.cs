using System.Globalization;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Postgres;

namespace Digest.Worker.Tests.Storage;

/// <summary>The database as each earlier program left it, with a row of each kind, and what must be left of that afterwards.</summary>
internal static class EarlierVersions
{
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
            """, "select group_concat(o.state || n.state || coalesce(n.claim || n.claimed_until, '') || coalesce(n.message_id, ''), ' ' order by n.id) from outbox_now n join outbox o on o.id = n.id where n.id > 70",
            "deferredclaimedw2026-01-02 queuedin_doubtw2026-01-02m in_doubtin_doubtn"),
        (4, "insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt) values (1, 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01', '{}', 0, '{}')", "select local_date from issue", "2026-01-01"),
        (4, """insert into issue_paper (issue_id, position, subscriber_id, paper_id, score, choice) values (1, 2, 1, 1, 2.5, '{}'), (1, 1, 1, 2, 0.1, '{"Interest":"x"}')""",
            "select papers || paper_ids || choices || (select group_concat(paper_id || '>' || issue_id, ',' order by paper_id) from issue_paper) from issue", """2[2,1][{"Score":0.1,"Interest":"x"},{"Score":2.5}]1>1,2>1"""),
        (4, "delete from outbox where key = 'none'", "select composed_at from subscriber", "2026-01-01T00:00:00.000Z"),
        (4, "insert into held_over (subscriber_id, paper_id, expires_at) values (1, 1, '2026-02-01T00:00:00.000Z')", "select waiting from subscriber where id = 1", """{"2026-02-01T00:00:00.000Z":[1]}"""),
        (OneRowAnIssue, "insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt) values (9, 1, '2026-01-09T00:00:00.000Z', '2026-01-09T00:00:00.000Z', '2026-01-09', '{}', 0, '{}')", "select due_at from issue where id = 9", "2026-01-09T00:00:00.000Z"),
        (OneRowAnIssue, "insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values (64, 'p64', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z'); insert into issue_paper (paper_id, subscriber_id, issue_id) values (64, 1, 9)",
            "select group_concat(block || '/' || subscriber_id || '/' || paper_id || '/' || issue_id, ',') from issue_paper where issue_id = 9", "1/1/64/9"),
        (5, "insert into bounce (subscriber_id, day, severity, reason, counts, domain, created_at) values (1, '2026-01-01', 'soft', 'r', 1, 'example.org', '2026-01-01T00:00:00.000Z')", "select severity from bounce", "soft"),
        (60, "insert into alarm (key, sentence, remedy, since) values ('relay', 'gone', '', '2026-01-01T00:00:00.000Z')", "select sentence from alarm", "gone"),
    ];

    private static readonly (long Version, string Text)[] Migrations = [.. typeof(DigestHost).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(name => (long.Parse(Path.GetFileName(name)[..3], CultureInfo.InvariantCulture), Read(name)))];

    /// <summary>The first version, and those before a migration that moves rows from where they were.</summary>
    public static IEnumerable<long> BeforeMoves => [All.First(), .. new[] { WaitingInSubscriber, OneRowAnIssue, ClaimsApart, PapersInBlocks }.Select(move => All.Last(version => version < move))];

    public static IEnumerable<long> All => Migrations.Select(migration => migration.Version);

    /// <summary>The statements that make the tables of a version, and fill them.</summary>
    public static IEnumerable<string> Fill(string engine, long version)
    {
        string Said(string sql) => engine == "postgres" ? PostgresSchema.Translate(sql) : sql;
        yield return Said("create table schema_migration (version integer not null primary key, name text not null, applied_at text not null)");
        foreach (var (number, text) in Migrations.Where(migration => migration.Version <= version))
        {
            yield return Said(MigrationText.For(engine, text));
            yield return string.Create(CultureInfo.InvariantCulture, $"insert into schema_migration values ({number}, 'x', '2026-01-01T00:00:00.000Z')");
        }
        foreach (var row in Known(version))
            yield return row.Insert;
    }

    /// <summary>The rows that a database of that version can have.</summary>
    public static IEnumerable<(long Since, string Insert, string Ask, string Answer)> Known(long version) => Rows.Where(row => row.Since <= version
        && (version < WaitingInSubscriber || !row.Insert.Contains("held_over", StringComparison.Ordinal))
        && (version < PapersInBlocks || !row.Insert.Contains("issue_paper (paper_id", StringComparison.Ordinal))
        && (version < ClaimsApart || !row.Insert.Contains("claimed_until", StringComparison.Ordinal))
        && (version < OneRowAnIssue || !(row.Insert.Contains("issue_paper (issue_id", StringComparison.Ordinal) || row.Ask.Contains("composed_at", StringComparison.Ordinal))));

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(DigestHost).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
