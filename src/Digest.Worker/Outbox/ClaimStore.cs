using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>Takes due mails under a lease, and takes back those whose worker is gone.</summary>
internal sealed class ClaimStore(Database database)
{
    /// <summary>Takes the oldest due mails, at most <paramref name="limit"/>.</summary>
    public Task<IReadOnlyList<ClaimedMail>> ClaimAsync(string worker, int limit, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var rows = await transaction.QueryAsync<Row>(
                """
                update outbox set state = 'claimed', claim = @worker, claimed_until = @until
                where id in (select id from outbox where state in ('queued', 'deferred') and due_at <= @now order by due_at, id limit @limit)
                returning id, key, kind, subscriber_id, issue_id, recipient, payload, attempts, created_at, expires_at, first_tried_at
                """,
                new { worker, until = now + lease, now, limit });
            return (IReadOnlyList<ClaimedMail>)[.. rows.OrderBy(row => row.Id).Select(row => row.ToMail())];
        }, cancellationToken);

    /// <summary>
    /// Takes back what a dead worker held: a claimed mail cannot have been sent and is queued again; one in doubt is queued again
    /// or held, as the policy says. Dead is who is in <paramref name="dead"/>, or whose lease ran out.
    /// </summary>
    public Task<Recovered> RecoverAsync(IReadOnlyCollection<string> dead, InDoubtPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var gone = new { dead, now };
            var released = await transaction.ExecuteAsync(
                "update outbox set state = 'queued', claim = null, claimed_until = null where state = 'claimed' and (claimed_until <= @now or claim in @dead)", gone);
            var inDoubt = await transaction.ExecuteAsync(policy == InDoubtPolicy.Resend
                ? "update outbox set state = 'queued', claim = null, claimed_until = null where state = 'in_doubt' and (claimed_until <= @now or claim in @dead)"
                : "update outbox set claim = null, claimed_until = null where state = 'in_doubt' and (claimed_until <= @now or claim in @dead)", gone);
            return new Recovered(released, inDoubt);
        }, cancellationToken);

    private sealed record Row(
        long Id, string Key, string Kind, long? SubscriberId, long? IssueId, string Recipient, string Payload,
        long Attempts, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? FirstTriedAt)
    {
        public ClaimedMail ToMail() => new()
        {
            Id = Id,
            Key = Key,
            Kind = MailKinds.Parse(Kind),
            SubscriberId = SubscriberId,
            IssueId = IssueId,
            Recipient = Recipient,
            Payload = Payload,
            Attempts = Attempts,
            CreatedAt = CreatedAt,
            ExpiresAt = ExpiresAt,
            FirstTriedAt = FirstTriedAt,
        };
    }
}

/// <param name="Released">Mails that were claimed and are queued again.</param>
/// <param name="InDoubt">Mails in doubt: queued again, or held.</param>
internal readonly record struct Recovered(int Released, int InDoubt);
