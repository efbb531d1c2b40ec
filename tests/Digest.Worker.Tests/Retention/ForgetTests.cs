using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Retention;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Retention;

public sealed class ForgetTests
{
    [Fact]
    public async Task What_is_older_than_the_settings_say_goes_and_what_is_needed_stays()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var installation = await Installation.CreateAsync(clock, new Dictionary<string, string?>
        {
            ["Retention:PapersDays"] = "60",
            ["Retention:IssuesDays"] = "60",
            ["Retention:MailsDays"] = "30",
            ["Retention:ReturnsDays"] = "30",
            ["Retention:LeftDays"] = "90",
        });
        await installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into subscriber (id, email, email_key, language, timezone, cadence, hour, cap, profile, state, created_at, unsubscribed_at) values
                (1, 'a@example.org', 'a@example.org', 'en', 'UTC', 'daily', 7, 20, '', 'active', '2026-01-01T00:00:00.000Z', null),
                (2, 'left@example.org', 'left@example.org', 'en', 'UTC', 'daily', 7, 20, '', 'unsubscribed', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
                (3, 'new@example.org', 'new@example.org', 'en', 'UTC', 'daily', 7, 20, '', 'unsubscribed', '2026-01-01T00:00:00.000Z', '2026-05-20T00:00:00.000Z');
            insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at) values
                (1, 'p1', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z'), (2, 'p2', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z'),
                (3, 'p3', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z'), (4, 'p4', 't', 'a', '[]', '[]', 'new', 's', '2026-05-31T00:00:00.000Z');
            insert into paper (id, work_key, title, abstract, authors, categories, announce_type, source, seen_at, again_at) values
                (130, 'p130', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z', null), (131, 'p131', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z', '2026-05-31T00:00:00.000Z'),
                (132, 'p132', 't', 'a', '[]', '[]', 'new', 's', '2026-01-01T00:00:00.000Z', null);
            insert into paper_key (key, paper_id) values ('k1', 1), ('k2', 2);
            insert into issue (id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, papers, paper_ids) values
                (1, 1, '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-02', '{}', 0, '{}', 1, '[1]'), (2, 1, '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-03-01', '{}', 0, '{}', 1, '[2]');
            insert into issue_paper (block, subscriber_id, paper_id, issue_id) values (0, 1, 1, 1), (0, 1, 2, 2);
            insert into outbox (key, kind, recipient, domain, payload, state, due_at, created_at, settled_at) values
                ('old', 'issue', 'a@example.org', 'example.org', '{}', 'sent', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'),
                ('wait', 'issue', 'a@example.org', 'example.org', '{}', 'deferred', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', null),
                ('new', 'issue', 'a@example.org', 'example.org', '{}', 'sent', '2026-05-31T00:00:00.000Z', '2026-05-31T00:00:00.000Z', '2026-05-31T00:00:00.000Z');
            insert into api_key (id, name, hash, scope, created_at) values (1, 'k', 'h', 'write', '2026-01-01T00:00:00.000Z');
            insert into api_answer (key_id, idempotency_key, request, status, created_at) values (1, 'old', 'r', 204, '2026-05-30T23:00:00.000Z'), (1, 'new', 'r', 204, '2026-05-31T23:00:00.000Z');
            insert into inbound (mail_key, received_at, kind, decision, effect) values ('m', '2026-01-01T00:00:00.000Z', 'human', 'x', 'y'), ('n', '2026-05-31T00:00:00.000Z', 'human', 'x', 'y');
            """, transaction: transaction), CancellationToken.None);

        Assert.Equal(new Forgotten(1, 1, 3, 1, 1), await installation.Get<Forget>().RunAsync(CancellationToken.None));

        // The issue of March is the newest of its reader, so it stays with its paper; one that came again since may be in an issue; the newest paper stays whatever its age.
        Assert.Equal("2,4,131,132|2|new,wait|n|1,3", string.Join('|', await AllAsync(installation, "paper", "id"), await AllAsync(installation, "issue", "id"), await AllAsync(installation, "outbox", "key"), await AllAsync(installation, "inbound", "mail_key"), await AllAsync(installation, "subscriber", "id")));
        Assert.Equal("new", await AllAsync(installation, "api_answer", "idempotency_key"));
        Assert.Equal("2", await AllAsync(installation, "issue_paper", "paper_id"));
        Assert.StartsWith("hmac:", await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("select address_key from suppression"), CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal(new Forgotten(0, 0, 0, 0, 0), await installation.Get<Forget>().RunAsync(CancellationToken.None));

        // Whose issues go with them: nothing tells which papers somebody got who is not there.
        await installation.Get<Subscriptions>().RemoveAsync(1, CancellationToken.None);
        Assert.Equal("|", string.Join('|', await AllAsync(installation, "issue", "id"), await AllAsync(installation, "issue_paper", "paper_id")));
    }

    /// <summary>A limit has the name of a domain, and that may be one person's.</summary>
    [Fact]
    public async Task Limits_from_which_nobody_draws_any_more_are_forgotten_and_those_in_use_stay()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await using var installation = await Installation.CreateAsync(clock);
        await DrawAsync("left", "gone.example.org");
        await DrawAsync("dead", "dead.example.org");
        clock.Advance(TimeSpan.FromDays(2));
        await DrawAsync("alive", "used.example.org");
        await installation.Get<BudgetStore>().GiveBackAsync("left", CancellationToken.None);

        await installation.Get<Forget>().RunAsync(CancellationToken.None);

        Assert.Equal("60/used.example.org|60/used.example.org", string.Join('|', await AllAsync(installation, "budget_scope", "scope"), await AllAsync(installation, "budget", "scope")));
        // What another holds still counts.
        Assert.Equal(2, await DrawAsync("other", "used.example.org", wanted: 5));

        async Task<int> DrawAsync(string worker, string domain, int wanted = 3) =>
            (await installation.Get<BudgetStore>().DrawAsync(worker, [new BudgetWish(domain, TimeSpan.FromMinutes(1), 5, 0, wanted)], clock.GetUtcNow(), CancellationToken.None))[0].Drawn;
    }

    private static async Task<string> AllAsync(Installation installation, string table, string column) =>
        string.Join(',', await installation.Database.ReadAsync(connection => connection.QueryAsync<string>($"select {column} from {table} order by {column}"), CancellationToken.None));
}
