using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Digest.Worker.Storage;

/// <summary>Brings what a restored database cannot know into it: what was sent, and who left, since it was made. Both files belong to no service now.</summary>
internal static class CarryOverStore
{
    /// <summary>From the database that is about to be replaced: papers, issues and mails keep their numbers, because both have grown from one stem.</summary>
    /// <param name="begun">The ledger: of the mails that were marked, those that are not in it were never sent. Empty: there is none, and all may have been.</param>
    public static async Task<CarriedOver> FromCurrentAsync(string restored, string current, IReadOnlyCollection<string> begun, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(restored, cancellationToken);
        await connection.ExecuteAsync("attach database @current as now", new { current });
        await connection.ExecuteAsync("create temp table begun (message_id text primary key); create temp table unsent (mail_id integer primary key)");
        if (begun.Count > 0)
        {
            await connection.ExecuteAsync("insert into temp.begun (message_id) select value from json_each(@begun) where true on conflict do nothing", new { begun = JsonSerializer.Serialize(begun) });
            await connection.ExecuteAsync("insert into temp.unsent (mail_id) select mail_id from now.claim where marked_at is not null and substr(message_id, 1, 32) not in (select message_id from temp.begun)");
        }
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var counts = new List<int>();
        foreach (var sql in new[]
        {
            "insert into known_sent (message_id) select substr(message_id, 1, 32) from now.outbox_now where message_id is not null and state in ('sent', 'bounced', 'in_doubt') and id not in (select mail_id from temp.unsent) on conflict do nothing",
            "insert into known_sent (message_id) select message_id from now.known_sent where true on conflict do nothing",
            // Who left stays away, whoever was suppressed stays suppressed.
            "insert into suppression (address_key, reason, detail, created_at) select address_key, reason, detail, created_at from now.suppression where true on conflict do nothing",
            """
            update subscriber set state = 'unsubscribed', unsubscribed_at = n.unsubscribed_at, next_due_at = null, paused_until = null
            from now.subscriber n where n.id = subscriber.id and n.email_key = subscriber.email_key and n.state = 'unsubscribed' and subscriber.state <> 'unsubscribed'
            """,
            "insert into paper select * from now.paper where id > (select coalesce(max(id), 0) from main.paper) on conflict do nothing",
            "insert into paper_key select k.key, k.paper_id from now.paper_key k where exists (select 1 from main.paper p where p.id = k.paper_id) on conflict do nothing",
            "insert into source_cursor select * from now.source_cursor where true on conflict (source) do update set cursor = excluded.cursor, harvested_at = excluded.harvested_at, not_before = excluded.not_before",
            "insert into issue select i.* from now.issue i where i.id > (select coalesce(max(id), 0) from main.issue) and exists (select 1 from main.subscriber s where s.id = i.subscriber_id) on conflict do nothing",
            "insert into issue_paper select c.* from now.issue_paper c where exists (select 1 from main.issue i where i.id = c.issue_id) on conflict do nothing",
            """
            update subscriber set watermark = n.watermark, composed_at = n.composed_at, next_due_at = case when subscriber.state = 'active' and n.state = 'active' then n.next_due_at else subscriber.next_due_at end
            from now.subscriber n where n.id = subscriber.id and n.email_key = subscriber.email_key and n.watermark > coalesce(subscriber.watermark, 0)
            """,
            """
            insert into outbox select o.* from now.outbox o
            where not exists (select 1 from main.outbox m where m.key = o.key or m.id = o.id) and (o.subscriber_id is null or exists (select 1 from main.subscriber s where s.id = o.subscriber_id))
            """,
            // A claim is nobody's, here or in the replaced database: not sent, or in doubt and held.
            "update outbox set state = 'in_doubt', message_id = (select c.message_id from main.claim c where c.mail_id = outbox.id) where id in (select mail_id from main.claim where marked_at is not null)",
            "delete from main.claim",
            """
            update outbox set state = case when n.state = 'claimed' or n.id in (select mail_id from temp.unsent) then 'queued' else n.state end, settled_at = n.settled_at, answer = n.answer, message_id = n.message_id, attempts = n.attempts
            from now.outbox_now n where n.key = outbox.key and outbox.state in ('queued', 'deferred', 'in_doubt')
            """,
        })
            counts.Add(await connection.ExecuteAsync(sql, transaction: transaction));
        await transaction.CommitAsync(cancellationToken);
        return new CarriedOver(counts[0], counts[3], counts[4], counts[7]);
    }

    /// <summary>From the ledger: what may have been sent is known; all else that waited in the backup is held for a decision.</summary>
    /// <returns>How many mails are held.</returns>
    public static async Task<int> FromLedgerAsync(string restored, IReadOnlyCollection<string> messageIds, Func<string, string> messageIdOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(restored, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("insert into known_sent (message_id) values (@messageId) on conflict do nothing", messageIds.Select(messageId => new { messageId }), transaction);
        var known = messageIds.ToHashSet();
        await connection.ExecuteAsync("update outbox set message_id = (select c.message_id from claim c where c.mail_id = outbox.id) where id in (select mail_id from claim where marked_at is not null)", transaction: transaction);
        foreach (var mail in (await connection.QueryAsync<Waiting>("select id, key from outbox where state in ('queued', 'deferred', 'in_doubt')", transaction: transaction)).AsList())
            if (known.Contains(messageIdOf(mail.Key)))
                await connection.ExecuteAsync("update outbox set state = 'sent', settled_at = @now, answer = 'sent before the restore' where id = @Id", new { mail.Id, now }, transaction);
        var held = await connection.ExecuteAsync(
            "update outbox set state = 'in_doubt', answer = 'waited when the backup was made' where state in ('queued', 'deferred', 'in_doubt')", transaction: transaction);
        await connection.ExecuteAsync("delete from claim", transaction: transaction);
        await transaction.CommitAsync(cancellationToken);
        return held;
    }

    private static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private sealed record Waiting(long Id, string Key);
}

/// <param name="Sent">Mails known to have been sent, never sent again.</param>
/// <param name="Left">Readers who left since the backup was made, and stay away.</param>
internal sealed record CarriedOver(int Sent, int Left, int Papers, int Issues);
