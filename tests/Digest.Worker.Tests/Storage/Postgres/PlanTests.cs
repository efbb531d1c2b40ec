using System.Globalization;
using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Digest.Worker.Workers;
using Npgsql;
using Xunit.Abstractions;

namespace Digest.Worker.Tests.Storage.Postgres;

/// <summary>
/// The plans of what runs all the time, on a database with many readers and a past. Nothing is explained beside the code: the use-cases run, and
/// PostgreSQL tells which tables it read as a whole meanwhile. <c>DIGEST_PLAN_READERS</c> makes it as large as one likes.
/// </summary>
public sealed class PlanTests(ITestOutputHelper output)
{
    private static readonly int Subscribers = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_PLAN_READERS"), CultureInfo.InvariantCulture, out var value) ? value : 40_000;

    /// <summary>Ten issues of each reader, three papers in each; their mails are sent. 200 readers are due.</summary>
    private static readonly string Fill =
        $$"""
        insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at)
        select 'title:' || n, 'Number ' || n || ' on graph coloring', 'We study it.', '[]', '["cs.LG"]', 'new', 's', to_char(now() - interval '400 days' * (1 - n / 20000.0), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        from generate_series(1, 20000) n;
        insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, watermark, next_due_at, created_at)
        select 'r' || n || '@d' || n % 500 || '.example', 'r' || n || '@d' || n % 500 || '.example', 'en', 'UTC', 'daily', {{Readers.FarHour}}, 8, 'graph coloring', 'active', 19990,
            case when n % ({{Subscribers}} / 200) = 0 then '2026-01-01T07:00:00.000Z' else '2099-01-01T07:00:00.000Z' end, '2025-01-01T07:00:00.000Z'
        from generate_series(1, {{Subscribers}}) n;
        insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, papers, paper_ids, choices)
        select (d - 1) * {{Subscribers}} + s, s, '2025-' || lpad(d::text, 2, '0') || '-01T07:00:00.000Z', '2025-' || lpad(d::text, 2, '0') || '-01T07:00:00.000Z', '2025-' || lpad(d::text, 2, '0') || '-01', '{}', 0, '{}', 3,
            '[' || (select string_agg((d * 1000 + p * 300 + s % 200)::text, ',') from generate_series(1, 3) p) || ']', '[{"Score":1.5},{"Score":1.5},{"Score":1.5}]'
        from generate_series(1, 10) d, generate_series(1, {{Subscribers}}) s;
        select setval(pg_get_serial_sequence('issue', 'id'), 10 * {{Subscribers}});
        insert into issue_paper (block, subscriber_id, paper_id, issue_id)
        select cast(listed.value as bigint) / 64, i.subscriber_id, cast(listed.value as bigint), i.id from issue i, json_array_elements_text(i.paper_ids::json) as listed (value);
        insert into outbox (key, kind, subscriber_id, issue_id, recipient, domain, payload, state, due_at, created_at, settled_at, message_id)
        select 'issue/' || id, 'issue', subscriber_id, id, 'r' || subscriber_id || '@d.example', 'd' || subscriber_id % 500 || '.example', '{}', 'sent', due_at, due_at, due_at, 'm' || id from issue;
        insert into sending (at, domain) select to_char(now() - interval '1 day' * n / 50000, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'd' || n % 500 || '.example' from generate_series(1, 50000) n;
        delete from paper_unread;
        analyze;
        """;

    [FactWith<PostgresServer>]
    public async Task No_table_is_read_as_a_whole_by_what_runs_all_the_time()
    {
        var server = await TestDatabase.CreatePostgresAsync();
        try
        {
            await RunAsync(server, Fill);
            await using (var smtp = new LoopbackSmtp())
            {
                var settings = smtp.Settings(4);
                settings["Storage:ConnectionString"] = server;
                settings["Delivery:PerHour"] = "1000000";
                settings["Delivery:DomainPerHour"] = "1000000";
                // A check at the first opening of a database may read what it likes.
                await using var installation = await Installation.CreateAsync(TimeProvider.System, settings);
                await RunAsync(server, "select pg_stat_reset()");
                await WorkAsync(installation);
                Assert.Equal(200, smtp.Mails.Count);
            }
            await using var look = await LookAsync(server);
            var read = (await look.QueryAsync<(string Name, long Scans, long Rows)>(
                "select relname, seq_scan, seq_tup_read from pg_stat_user_tables where relname in ('paper', 'subscriber', 'issue', 'issue_paper', 'outbox', 'sending') and seq_scan > 0 order by relname")).ToList();
            Assert.True(read.Count == 0, string.Join("; ", read.Select(table => $"{table.Name} was read as a whole {table.Scans} times, {table.Rows} rows")));
            output.WriteLine($"{Subscribers} readers, {10 * Subscribers} issues and mails: no table was read as a whole");
        }
        finally
        {
            await TestDatabase.DropPostgresAsync(server);
        }
    }

    [FactWith<PostgresServer>]
    public async Task A_claim_reads_what_it_takes_and_a_mark_its_own_mail_whatever_else_is_due()
    {
        var server = await TestDatabase.CreatePostgresAsync();
        try
        {
            await using (var installation = await Installation.CreateAsync(TimeProvider.System, new Dictionary<string, string?> { ["Storage:ConnectionString"] = server }))
            {
                await RunAsync(server,
                    """
                    -- What is counted on the way would change the plans where the machine is so busy that the clean-up comes by.
                    alter table outbox set (autovacuum_enabled = false);
                    alter table claim set (autovacuum_enabled = false);
                    insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at)
                    select 'k' || n, 'welcome', 'r' || n || '@d.example', 'd.example', '{}', 'queued', '2026-01-01T07:00:00.000Z', '2026-01-01T07:00:00.000Z' from generate_series(1, 6000) n;
                    analyze;
                    select pg_stat_reset();
                    """);
                await ClaimAndMarkAsync(installation, 200);
            }
            await using var look = await LookAsync(server);
            var read = await look.ExecuteScalarAsync<long>("select sum(seq_tup_read + idx_tup_fetch) from pg_stat_user_tables where relname in ('outbox', 'claim')");
            // Ten claims pass over up to 200 that are held, three times each; all that is due, ten times, would be 60,000.
            Assert.True(read < 6_000, $"{read} mails and claims were read for 200 that were claimed and marked");
        }
        finally
        {
            await TestDatabase.DropPostgresAsync(server);
        }
    }

    [FactWith<PostgresServer>]
    public async Task A_claim_does_not_go_through_those_that_were_given_up_since_the_last_vacuum()
    {
        var server = await TestDatabase.CreatePostgresAsync();
        try
        {
            await using (var installation = await Installation.CreateAsync(TimeProvider.System, new Dictionary<string, string?> { ["Storage:ConnectionString"] = server }))
            {
                await RunAsync(server,
                    """
                    alter table outbox set (autovacuum_enabled = false);
                    alter table claim set (autovacuum_enabled = false);
                    insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at)
                    select 'k' || n, 'welcome', 'r' || n || '@d.example', 'd.example', '{}', 'queued', '2026-01-01T07:00:00.000Z', '2026-01-01T07:00:00.000Z' from generate_series(1, 1000) n;
                    -- As they stand when several workers claim side by side: in no order, so that a bitmap looks cheap.
                    insert into claim (mail_id, worker, until) select 1000000 + n, 'gone', '2026-01-01T07:00:00.000Z' from generate_series(1, 5000) n order by md5(n::text);
                    analyze;
                    """);
                await RunAsync(server, "delete from claim; select pg_stat_reset()");
                await ClaimAndMarkAsync(installation, 200, atOnce: 5);
            }
            await using var look = await LookAsync(server);
            var read = await look.ExecuteScalarAsync<long>("select idx_tup_read from pg_stat_user_indexes where indexrelname = 'claim_pkey'");
            // The first of forty claims meets them and strikes them out; others do for as long as something still looks at what was there before, as the server's own
            // counting anew may. If each of the forty did, it would be 200,000.
            Assert.True(read < 100_000, $"{read} entries were read, of 5,000 claims that are gone and 200 that were made");
        }
        finally
        {
            await TestDatabase.DropPostgresAsync(server);
        }
    }

    [FactWith<PostgresServer>]
    public async Task A_page_of_those_who_are_due_reads_what_it_holds_however_many_are_due_behind_it()
    {
        var server = await TestDatabase.CreatePostgresAsync();
        try
        {
            // What was counted last: one of a hundred is due, as it is for most of a day.
            await RunAsync(server,
                """
                alter table subscriber set (autovacuum_enabled = false);
                insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, watermark, next_due_at, created_at)
                select 'r' || n, 'r' || n, 'en', 'UTC', 'daily', 7, 8, 'graph coloring', 'active', 1, case when n % 100 = 0 then '2026-01-01T00:00:00.000Z' else '2099-01-01T07:00:00.000Z' end, '2025-01-01T07:00:00.000Z' from generate_series(1, 20000) n;
                analyze subscriber;
                """);
            await RunAsync(server, "update subscriber set next_due_at = '2026-01-01T0' || id % 2 || ':00:00.000Z'");
            // Jumping through an index looks dear: so reading and sorting all seems cheaper here, as it does by itself where there are 200,000 (decision 109).
            await RunAsync(server, "do $$ begin execute format('alter database %I set random_page_cost = 40', current_database()); end $$");
            // What those connections counted is told when they have ended.
            await using (var quiet = await LookAsync(server))
                await quiet.ExecuteAsync("select pg_stat_reset()");
            await using (var installation = await Installation.CreateAsync(TimeProvider.System, new Dictionary<string, string?> { ["Storage:ConnectionString"] = server }))
            {
                var (after, ids) = (default(DuePlace), new HashSet<long>());
                for (var page = 0; page < 24; page++)
                {
                    var due = await installation.Get<SubscriberStore>().DueAsync(TimeProvider.System.GetUtcNow(), after, 500, null, CancellationToken.None);
                    Assert.Equal(500, due.Count);
                    ids.UnionWith(due.Select(one => one.Id));
                    after = DuePlace.Of(due[^1]);
                }
                // Those of the first slot and then some of the second.
                Assert.Equal((12_000, 10_000), (ids.Count, ids.Count(id => id % 2 == 0)));
            }
            await using var look = await LookAsync(server);
            var read = await look.ExecuteScalarAsync<long>("select sum(seq_tup_read + idx_tup_fetch) from pg_stat_user_tables where relname = 'subscriber'");
            Assert.True(read < 15_000, $"{read} subscribers were read for 24 pages of 500");
        }
        finally
        {
            await TestDatabase.DropPostgresAsync(server);
        }
    }

    private static async Task ClaimAndMarkAsync(Installation installation, int mails, int atOnce = 20)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claimed = new List<ClaimedMail>();
        while (claimed.Count < mails)
            claimed.AddRange(await installation.Get<ClaimStore>().ClaimAsync("w", atOnce, now, TimeSpan.FromMinutes(5), CancellationToken.None));
        foreach (var mail in claimed)
            Assert.True(await Marks.MarkAsync(installation, new InDoubtMark(mail.Id, "w", $"m{mail.Id}", now.AddMinutes(5)), now));
    }

    /// <summary>A connection on which the server tells all that it counted: those of others have ended.</summary>
    private static async Task<NpgsqlConnection> LookAsync(string server)
    {
        var look = new NpgsqlConnection(server + ";Pooling=false");
        await look.OpenAsync();
        while (await look.ExecuteScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'") > 0)
            await Task.Delay(20);
        return look;
    }

    private static async Task WorkAsync(Installation installation)
    {
        var now = TimeProvider.System.GetUtcNow();
        await installation.Get<LeaseStore>().BeatAsync("somebody", [], now, TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal(200, (await installation.Get<ComposeIssues>().RunAsync(() => [.. Enumerable.Range(0, Shard.Count)], CancellationToken.None)).Composed);
        // Nothing is due any more: the tick that finds nothing comes most often.
        await installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.True(report.Sent == 200, $"{report}");
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        await installation.Get<ClaimStore>().RecoverAsync(["gone"], [], InDoubtPolicy.Resend, now, CancellationToken.None);
        await installation.Get<SubscriberStore>().FindByAddressAsync("r7@d7.example", CancellationToken.None);
        await installation.Get<Subscriptions>().UnsubscribeAsync(7, confirm: false, CancellationToken.None);
    }

    private static async Task RunAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, commandTimeout: 600);
    }
}
