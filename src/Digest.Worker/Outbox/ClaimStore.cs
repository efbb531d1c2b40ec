using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>Takes due mails under a lease, and takes back those whose worker is gone.</summary>
internal sealed class ClaimStore(Database database, MarkStore marks)
{
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>Takes the oldest due mails, at most <paramref name="limit"/>, but none to a domain that is paused; while everything is paused, alarms only.</summary>
    public Task<IReadOnlyList<ClaimedMail>> ClaimAsync(string worker, int limit, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(async transaction =>
        {
            await database.TakeTurnAsync(transaction, "claim");
            var taken = await transaction.QueryAsync<long>(
                $"""
                insert into claim (mail_id, worker, until)
                select id, @worker, (select {leaseEnd}) from outbox where state in ('queued', 'deferred') and due_at <= @now
                and id not in (select mail_id from claim)
                and domain not in (select scope from delivery_pause where until > @now and scope <> '')
                and (kind = 'alarm' or not exists (select 1 from delivery_pause where until > @now and scope = ''))
                order by due_at, id limit @limit returning mail_id
                """, new { worker, limit, now, until = now + lease });
            if (taken.Count == 0)
                return (IReadOnlyList<ClaimedMail>)[];
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            SqlPart among = database.Rows.Among(command, taken);
            command.CommandText = $"select id, key, kind, subscriber_id, issue_id, recipient, domain, payload, attempts, created_at, expires_at, first_tried_at from outbox where id {among} order by id";
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var mails = new List<ClaimedMail>(taken.Count);
            while (await rows.ReadAsync(cancellationToken))
                mails.Add(Mail(rows) with { ClaimEnds = now + lease });
            return mails;
        }, cancellationToken);

    /// <summary>Gives back what a worker holds and has not begun: between two of its runs that is only what it does not know of, because the database's answer was lost.</summary>
    /// <param name="unsent">Mails whose mark was not answered, so that nothing was sent: the mark may stand there nevertheless.</param>
    public Task<int> ReleaseAsync(string worker, IReadOnlyCollection<long> unsent, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(transaction => transaction.ExecuteAsync(
            "delete from claim where worker = @worker and (marked_at is null or mail_id in @unsent)", new { worker, unsent }), cancellationToken);

    /// <summary>Whether a lease ran out: then there is something to take back.</summary>
    public async Task<bool> AnyOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            $"select count(*) from claim where until <= {leaseNow}", new { now }), cancellationToken) > 0;

    /// <summary>Lets claims of a worker that lives hold until <paramref name="until"/>.</summary>
    public Task<int> HoldAsync(string worker, IReadOnlyCollection<long> mails, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(transaction => transaction.ExecuteAsync(
            $"update claim set until = (select {leaseEnd}) where worker = @worker and mail_id in @mails", new { worker, mails, now, until }), cancellationToken);

    /// <summary>Settles what a dead worker knew to be sent and could not write down any more; what the database does not take is left as it stands.</summary>
    public async Task<KnownSettled> SettleKnownAsync(string dead, IReadOnlyList<SentNote> notes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return new KnownSettled(await SettleAsync(dead, notes, now, cancellationToken), []);
        }
        catch (DbException e) when (StorageTrouble.IsOfRow(e))
        {
            if (notes.Count == 1)
                return new KnownSettled(0, notes);
            var (settled, untaken) = (0, new List<SentNote>());
            foreach (var note in notes.Reverse())
            {
                var one = await SettleKnownAsync(dead, [note], now, cancellationToken);
                settled += one.Settled;
                untaken.AddRange(one.Untaken);
            }
            return new KnownSettled(settled, untaken);
        }
    }

    /// <summary>
    /// Takes back what a dead worker held: a claimed mail cannot have been sent and is queued again; one in doubt is queued again
    /// or held, as the policy says, and counts toward the limits, because it may have been sent; one to somebody who was erased meanwhile is done with. Dead is who is in <paramref name="dead"/>, or whose
    /// lease ran out. What the database does not take is left as it stands.
    /// </summary>
    /// <param name="kept">Mails that are known to be sent and not to be taken back.</param>
    public async Task<Recovered> RecoverAsync(IReadOnlyCollection<string> dead, IReadOnlyCollection<long> kept, InDoubtPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        SqlPart others = new(kept.Count > 0 ? $" and claim.mail_id not in ({new NumberList(kept)})" : "");
        SqlPart lost = new($"(claim.until <= {leaseNow} or claim.worker in @dead){others}");
        try
        {
            return await RecoverAsync(lost, dead, policy, now, cancellationToken);
        }
        catch (DbException e) when (StorageTrouble.IsOfRow(e))
        {
            var recovered = default(Recovered);
            foreach (var mail in await database.ReadAsync(async connection => (await connection.QueryAsync<long>($"select mail_id from claim where {lost}", new { dead, now })).AsList(), cancellationToken))
                recovered = recovered.And(await RecoverOneAsync(new($"claim.mail_id = {mail} and {lost}"), dead, policy, now, cancellationToken));
            return recovered;
        }
    }

    private async Task<Recovered> RecoverOneAsync(SqlPart lost, IReadOnlyCollection<string> dead, InDoubtPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await RecoverAsync(lost, dead, policy, now, cancellationToken);
        }
        catch (DbException e) when (StorageTrouble.IsOfRow(e))
        {
            return new Recovered { Left = 1 };
        }
    }

    private Task<int> SettleAsync(string dead, IReadOnlyList<SentNote> notes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            // The attempts tell an answer of this attempt from one of an earlier one.
            var known = new List<SentNote>();
            foreach (var note in notes)
                if (await transaction.ExecuteAsync(
                    $"insert into sending (at, domain) select {leaseNow}, o.domain from claim c join outbox o on o.id = c.mail_id where c.mail_id = @Mail and c.worker = @dead and c.marked_at is not null and o.attempts = @Attempts",
                    new { note.Mail, note.Attempts, dead, now }) > 0)
                    known.Add(note);
            // Of several about one mail the last is of this attempt.
            var settlements = known.AsEnumerable().Reverse().DistinctBy(note => note.Mail)
                .Select(note => new OwnSettlement(dead, new Settlement(note.Mail, OutboxState.InDoubt, OutboxState.Sent, note.Answer), now)).ToList();
            return (await database.Rows.ChangeAsync(transaction, marks.Settle(settlements))).Count;
        }, cancellationToken);

    private Task<Recovered> RecoverAsync(SqlPart lost, IReadOnlyCollection<string> dead, InDoubtPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var gone = new { dead, now };
            var released = await transaction.ExecuteAsync($"delete from claim where marked_at is null and {lost}", gone);
            await transaction.ExecuteAsync($"insert into sending (at, domain) select {leaseNow}, o.domain from claim join outbox o on o.id = claim.mail_id where claim.marked_at is not null and {lost}", gone);
            var inDoubt = await transaction.ExecuteAsync(
                $$"""
                update outbox set state = case when forget = 2 then 'suppressed' else @state end, settled_at = case when forget = 2 then @now else settled_at end,
                    recipient = case when forget = 2 then '' else recipient end, domain = case when forget = 2 then '' else domain end,
                    payload = case when forget = 2 then '{}' else payload end, answer = case when forget = 2 then null else answer end,
                    message_id = coalesce(claim.message_id, outbox.message_id)
                from claim where claim.mail_id = outbox.id and claim.marked_at is not null and {{lost}}
                """, new { dead, now, state = OutboxStates.ToText(policy == InDoubtPolicy.Resend ? OutboxState.Queued : OutboxState.InDoubt) });
            await transaction.ExecuteAsync($"delete from claim where marked_at is not null and {lost}", gone);
            await transaction.ExecuteAsync($"delete from budget where worker in @dead or until <= {leaseNow}", gone);
            return new Recovered(released, inDoubt);
        }, cancellationToken);

    private static ClaimedMail Mail(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Key = row.GetString(1),
        Kind = MailKinds.Parse(row.GetString(2)),
        SubscriberId = row.IsDBNull(3) ? null : row.GetInt64(3),
        IssueId = row.IsDBNull(4) ? null : row.GetInt64(4),
        Recipient = row.GetString(5),
        Domain = row.GetString(6),
        Payload = row.GetString(7),
        Attempts = row.GetInt64(8),
        CreatedAt = TypeHandlers.ToTime(row.GetString(9)),
        ExpiresAt = row.IsDBNull(10) ? null : TypeHandlers.ToTime(row.GetString(10)),
        FirstTriedAt = row.IsDBNull(11) ? null : TypeHandlers.ToTime(row.GetString(11)),
    };
}

/// <param name="Settled">How many mails are sent by what a dead worker had noted.</param>
/// <param name="Untaken">Its notes of mails that the database does not let be settled.</param>
internal sealed record KnownSettled(int Settled, IReadOnlyList<SentNote> Untaken);

/// <param name="Released">Mails that were claimed and are queued again.</param>
/// <param name="InDoubt">Mails in doubt: queued again, or held.</param>
internal readonly record struct Recovered(int Released, int InDoubt)
{
    /// <summary>Mails in doubt whose answer the dead worker had noted: they are sent.</summary>
    public int Known { get; init; }

    /// <summary>Mails of which the database does not take that they are taken back.</summary>
    public int Left { get; init; }

    public Recovered And(Recovered other) => new(Released + other.Released, InDoubt + other.InDoubt) { Known = Known + other.Known, Left = Left + other.Left };
}
