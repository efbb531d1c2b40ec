using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The table of what we owe to send: put in, take back, claim, settle.</summary>
internal sealed class OutboxStore(Database database)
{
    /// <summary>The first part of the keys of letters about a change of address, which name their subscriber there only.</summary>
    public const string AddressLetters = "address";

    private const string OfSubscriber = $"(subscriber_id = @subscriberId or (key >= '{AddressLetters}/' || @subscriberId || '/' and key < '{AddressLetters}/' || @subscriberId || '0'))";

    /// <summary>A mail that is not marked: it is not being sent, and not next.</summary>
    private const string NotUnderWay = "not exists (select 1 from claim where claim.mail_id = outbox.id and claim.marked_at is not null)";

    private static readonly RowInsert Adding = new("outbox (key, kind, subscriber_id, issue_id, recipient, domain, payload, state, due_at, expires_at, created_at)",
        "given.key, given.kind, given.subscriber_id, given.issue_id, given.recipient, given.domain, given.payload, 'queued', given.due_at, given.expires_at, given.created_at", "key");

    /// <summary>
    /// The issues that were given up or taken back since a moment: not one of them reached its reader. Where a reader asked for one again,
    /// the first mail of it counts.
    /// </summary>
    public Task<IReadOnlyList<long>> ExpiredIssuesAsync(DbTransaction transaction, DateTimeOffset since) =>
        transaction.QueryAsync<long>(
            """
            select issue_id from outbox where kind = 'issue' and state in ('expired', 'suppressed') and settled_at >= @since and issue_id is not null
              and not exists (select 1 from outbox other where other.subscriber_id = outbox.subscriber_id and other.issue_id = outbox.issue_id and other.id < outbox.id)
            """, new { since });

    /// <summary>Puts a mail in, inside the caller's transaction. A key that is there already is left as it is.</summary>
    /// <returns>False when the key was there.</returns>
    public async Task<bool> AddAsync(DbTransaction transaction, OutboxMail mail) => await AddAsync(transaction, [mail]) > 0;

    /// <summary>The same for many.</summary>
    /// <returns>How many were not there.</returns>
    public Task<int> AddAsync(DbTransaction transaction, IReadOnlyList<OutboxMail> mails) => database.Rows.InsertAsync(transaction, Adding,
        new GivenRows()
            .Texts("key", mails.Select(mail => mail.Key))
            .Texts("kind", mails.Select(mail => MailKinds.ToText(mail.Kind)))
            .Numbers("subscriber_id", mails.Select(mail => mail.SubscriberId))
            .Numbers("issue_id", mails.Select(mail => mail.IssueId))
            .Texts("recipient", mails.Select(mail => mail.Recipient))
            .Texts("domain", mails.Select(mail => mail.Domain))
            .Texts("payload", mails.Select(mail => mail.Payload))
            .Times("due_at", mails.Select(mail => (DateTimeOffset?)(mail.DueAt ?? mail.CreatedAt)))
            .Times("expires_at", mails.Select(mail => mail.ExpiresAt))
            .Times("created_at", mails.Select(mail => (DateTimeOffset?)mail.CreatedAt)));

    /// <summary>Whether a letter of that kind was put in for this subscriber since a moment.</summary>
    public async Task<bool> WrittenSinceAsync(DbTransaction transaction, long subscriberId, MailKind kind, DateTimeOffset since) =>
        await transaction.ScalarAsync<long>("select count(*) from outbox where subscriber_id = @subscriberId and kind = @kind and created_at > @since",
            new { subscriberId, kind = MailKinds.ToText(kind), since }) > 0;

    /// <summary>
    /// Takes back every issue for this subscriber that is not marked: not being sent, and not next. A worker that holds a claim on one finds
    /// its row no longer claimed when it asks to mark it in doubt, and does not send it.
    /// </summary>
    public async Task<int> WithdrawIssuesAsync(DbTransaction transaction, long subscriberId, DateTimeOffset now)
    {
        var withdrawn = await transaction.QueryAsync<long>(
            $"""
            update outbox set state = 'suppressed', settled_at = @now
            where subscriber_id = @subscriberId and kind = 'issue' and state in ('queued', 'deferred') and {NotUnderWay} returning id
            """,
            new { subscriberId, now });
        await transaction.ExecuteAsync("delete from claim where mail_id in @withdrawn", new { withdrawn });
        return withdrawn.Count;
    }

    /// <summary>
    /// Forgets whom the mails of this subscriber went to and what was in them; what waited is not sent. One that is under way or in doubt is forgotten when it
    /// is settled, and not tried again (forget = 2).
    /// </summary>
    public async Task ForgetAsync(DbTransaction transaction, long subscriberId, DateTimeOffset now)
    {
        var withdrawn = await transaction.QueryAsync<long>(
            $"update outbox set state = 'suppressed', settled_at = @now where {OfSubscriber} and state in ('queued', 'deferred') and {NotUnderWay} returning id", new { subscriberId, now });
        await transaction.ExecuteAsync("delete from claim where mail_id in @withdrawn", new { withdrawn });
        await transaction.ExecuteAsync(
            $$"""
            update outbox set recipient = '', domain = '', payload = '{}', answer = null
            where {{OfSubscriber}} and state <> 'in_doubt' and {{NotUnderWay}}
            """, new { subscriberId });
        await transaction.ExecuteAsync($"update outbox set forget = 2 where {OfSubscriber}", new { subscriberId });
    }

    /// <summary>The last letter to somebody who was erased needs their address until it is done with, and no longer (forget = 1).</summary>
    public Task ForgetWhenSettledAsync(DbTransaction transaction, long subscriberId) =>
        transaction.ExecuteAsync($"update outbox set forget = 1 where {OfSubscriber} and forget = 0", new { subscriberId });
}
