using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>Finds in the outbox what came back by mail.</summary>
internal sealed class ReturnedStore(Database database)
{
    /// <summary>The mail of ours that has this Message-ID (without angle brackets); null when none was sent under it.</summary>
    public Task<SentMail?> FindAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<SentMail?>(
            "select id, subscriber_id, issue_id, kind from outbox where id in (select id from outbox where message_id = @messageId union all select mail_id from claim where message_id = @messageId)", new { messageId }), cancellationToken);

    /// <summary>
    /// Settles as bounced what a later delivery status notification speaks of: the issue, or the mail with this Message-ID.
    /// A mail in doubt was delivered, or it could not have bounced.
    /// </summary>
    public async Task<int> BounceAsync(DbTransaction transaction, long subscriberId, long issueId, string? messageId, string answer, DateTimeOffset now)
    {
        var bounced = await transaction.QueryAsync<long>(
            """
            update outbox set state = 'bounced', answer = @answer, settled_at = @now,
                message_id = coalesce((select claim.message_id from claim where claim.mail_id = outbox.id), message_id)
            where id in (select id from outbox_now where subscriber_id = @subscriberId and state in ('sent', 'in_doubt') and ((issue_id = @issueId and @issueId > 0) or message_id = @messageId))
            returning id
            """,
            new { subscriberId, issueId, messageId = messageId ?? "", answer, now });
        await transaction.ExecuteAsync("delete from claim where mail_id in @bounced", new { bounced });
        return bounced.Count;
    }

    /// <summary>Whether a server has taken a mail to this subscriber since a moment.</summary>
    public async Task<bool> AnySentSinceAsync(DbTransaction transaction, long subscriberId, DateTimeOffset since) =>
        await transaction.ScalarAsync<long>("select count(*) from outbox where subscriber_id = @subscriberId and state = 'sent' and settled_at > @since", new { subscriberId, since }) > 0;

    /// <summary>How many issues were sent since a moment, also those that came back.</summary>
    /// <param name="domain">Only to addresses there; null: to all.</param>
    public Task<long> CountSentAsync(DateTimeOffset since, string? domain, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from outbox where kind = 'issue' and state in ('sent', 'bounced') and settled_at >= @since and (domain = @domain or @domain is null)",
            new { since, domain }), cancellationToken);
}

/// <param name="Kind">As it stands in the database: <c>issue</c>, <c>answer</c>, ...</param>
internal sealed record SentMail(long Id, long? SubscriberId, long? IssueId, string Kind);
