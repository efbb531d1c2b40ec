using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>Takes due mails under a lease, and takes back those whose worker is gone.</summary>
internal sealed class ClaimStore(Database database, MarkStore marks)
{
    /// <summary>Each looks at what was committed meanwhile, so a second is rare and a third nearly never needed.</summary>
    private const int MostTries = 10;

    private readonly SqlPart skipTaken = database.SkipTaken;
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>Takes the oldest due mails, at most <paramref name="limit"/>, but none to a domain that is paused; while everything is paused, alarms only.</summary>
    public Task<IReadOnlyList<ClaimedMail>> ClaimAsync(string worker, int limit, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(async transaction =>
        {
            var taken = await TakeAsync(transaction, worker, limit, now, lease);
            if (taken.Count == 0)
                return (IReadOnlyList<ClaimedMail>)[];
            var rows = await transaction.QueryAsync<Row>(
                "select id, key, kind, subscriber_id, issue_id, recipient, domain, payload, attempts, created_at, expires_at, first_tried_at from outbox where id in @taken order by id", new { taken });
            return [.. rows.Select(row => row.ToMail() with { ClaimEnds = now + lease })];
        }, cancellationToken);

    /// <summary>
    /// Locks the oldest that are due, then claims those that are still nobody's: the second statement sees claims that others committed while the first was
    /// finding its rows, and neither waits for them nor takes them for its own. Where that is all of them, there may be more behind.
    /// </summary>
    private async Task<IReadOnlyList<long>> TakeAsync(DbTransaction transaction, string worker, int limit, DateTimeOffset now, TimeSpan lease)
    {
        for (var again = 0; again < MostTries; again++)
        {
            var due = await transaction.QueryAsync<long>(
                $"""
                select id from outbox where state in ('queued', 'deferred') and due_at <= @now
                and not exists (select 1 from claim held where held.mail_id = outbox.id)
                and domain not in (select scope from delivery_pause where until > @now and scope <> '')
                and (kind = 'alarm' or not exists (select 1 from delivery_pause where until > @now and scope = ''))
                order by due_at, id limit @limit {skipTaken}
                """, new { now, limit });
            if (due.Count == 0)
                return [];
            var taken = await transaction.QueryAsync<long>(
                $"""
                insert into claim (mail_id, worker, until)
                select id, @worker, {leaseEnd} from outbox where id in @due and not exists (select 1 from claim held where held.mail_id = outbox.id)
                on conflict (mail_id) do nothing returning mail_id
                """, new { worker, due, now, until = now + lease });
            if (taken.Count > 0)
                return taken;
        }
        return [];
    }

    /// <summary>Gives back what a worker holds and has not begun: between two of its runs that is only what it does not know of, because the database's answer was lost.</summary>
    /// <param name="unsent">Mails whose mark was not answered, so that nothing was sent: the mark may stand there nevertheless.</param>
    public Task<int> ReleaseAsync(string worker, IReadOnlyCollection<long> unsent, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(transaction => transaction.ExecuteAsync(
            "delete from claim where worker = @worker and (marked_at is null or mail_id in @unsent)", new { worker, unsent }), cancellationToken);

    /// <summary>Whether a lease ran out: then there is something to take back.</summary>
    public async Task<bool> AnyOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            $"select count(*) from claim where until <= {leaseNow}", new { now }), cancellationToken) > 0;

    /// <summary>Settles what a dead worker knew to be sent and could not write down any more.</summary>
    public Task<int> SettleKnownAsync(string dead, IReadOnlyList<SentNote> notes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var settled = 0;
            await transaction.ExecuteAsync($"insert into sending (at, domain) select {leaseNow}, o.domain from claim c join outbox o on o.id = c.mail_id where c.mail_id = @Mail and c.worker = @dead and c.marked_at is not null and o.attempts = @Attempts",
                notes.Select(note => new { note.Mail, note.Attempts, dead, now }));
            var statements = new Statements(transaction);
            foreach (var note in notes)
            {
                var settle = marks.Settle(dead, new Settlement(note.Mail, OutboxState.InDoubt, OutboxState.Sent, note.Answer) { Attempts = note.Attempts }, now);
                if (statements.Execute(settle[0]) == 0)
                    continue;
                statements.Execute(settle[1]);
                settled++;
            }
            return settled;
        }, cancellationToken);

    /// <summary>
    /// Takes back what a dead worker held: a claimed mail cannot have been sent and is queued again; one in doubt is queued again
    /// or held, as the policy says, and counts toward the limits, because it may have been sent. Dead is who is in <paramref name="dead"/>, or whose
    /// lease ran out.
    /// </summary>
    public Task<Recovered> RecoverAsync(IReadOnlyCollection<string> dead, InDoubtPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var gone = new { dead, now };
            SqlPart lost = new($"(claim.until <= {leaseNow} or claim.worker in @dead)");
            var released = await transaction.ExecuteAsync($"delete from claim where marked_at is null and {lost}", gone);
            await transaction.ExecuteAsync($"insert into sending (at, domain) select {leaseNow}, o.domain from claim join outbox o on o.id = claim.mail_id where claim.marked_at is not null and {lost}", gone);
            var inDoubt = await transaction.ExecuteAsync(
                $"update outbox set state = @state, message_id = coalesce(claim.message_id, outbox.message_id) from claim where claim.mail_id = outbox.id and claim.marked_at is not null and {lost}",
                new { dead, now, state = OutboxStates.ToText(policy == InDoubtPolicy.Resend ? OutboxState.Queued : OutboxState.InDoubt) });
            await transaction.ExecuteAsync($"delete from claim where marked_at is not null and {lost}", gone);
            await transaction.ExecuteAsync($"delete from budget where worker in @dead or until <= {leaseNow}", gone);
            return new Recovered(released, inDoubt);
        }, cancellationToken);

    private sealed record Row(
        long Id, string Key, string Kind, long? SubscriberId, long? IssueId, string Recipient, string Domain, string Payload,
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
            Domain = Domain,
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
internal readonly record struct Recovered(int Released, int InDoubt)
{
    /// <summary>Mails in doubt whose answer the dead worker had noted: they are sent.</summary>
    public int Known { get; init; }
}
