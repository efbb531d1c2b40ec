using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The statements that move a claimed mail on. Each names the state and the claim that it must still have.</summary>
internal sealed class MarkStore(Database database)
{
    // A mail is found by its number. PostgreSQL, which takes hardly any mail to be claimed, would go through all that are: "coalesce" keeps it from
    // the index of those.
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>
    /// Marks a mail in doubt, if the claim is still ours and its reader still wants it. When the claim is ours but the reader has
    /// left (an issue) or the address is suppressed (any mail but the operator's alarms), it is taken back in the same transaction.
    /// </summary>
    /// <returns>True: the message may be ended with its final dot. False: it must not be sent.</returns>
    public bool Mark(Statements statements, InDoubtMark mark, DateTimeOffset now)
    {
        var marked = statements.Execute(
            $"""
            update outbox set state = 'in_doubt', message_id = @messageId, claimed_until = {leaseEnd}, marked_at = @now
            where id = @id and claim = @worker and coalesce(state, '') = 'claimed' and claimed_until > {leaseNow}
              and not exists (select 1 from known_sent k where k.message_id = substr(@messageId, 1, 32))
              and (kind <> 'issue' or exists (select 1 from subscriber s where s.id = outbox.subscriber_id and s.state = 'active'))
              and (kind = 'alarm' or not exists (
                  select 1 from suppression p where p.address_key in (lower(outbox.recipient), (select s.email_key from subscriber s where s.id = outbox.subscriber_id))))
            """,
            ("@messageId", mark.MessageId), ("@until", mark.Until), ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker));
        if (marked > 0)
            return true;
        // Sent by the installation that this database was restored over.
        statements.Execute(
            """
            update outbox set state = 'sent', message_id = @messageId, answer = 'sent before the restore', settled_at = @now, claim = null, claimed_until = null
            where id = @id and claim = @worker and coalesce(state, '') = 'claimed' and exists (select 1 from known_sent k where k.message_id = substr(@messageId, 1, 32))
            """,
            ("@messageId", mark.MessageId), ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker));
        // One whose claim has ended is left to whoever takes it back.
        statements.Execute(
            $"""
            update outbox set state = 'suppressed', settled_at = @now, claim = null, claimed_until = null
            where id = @id and claim = @worker and coalesce(state, '') = 'claimed' and claimed_until > {leaseNow}
            """,
            ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker));
        return false;
    }

    /// <summary>Writes down that a message to this domain was sent now, by the clock that leases go by.</summary>
    public void Count(Statements statements, string domain, DateTimeOffset now) =>
        statements.Execute($"insert into sending (at, domain) values ({leaseNow}, @domain)", ("@now", now), ("@domain", domain));

    /// <summary>
    /// Writes down what became of a mail; one to somebody who was erased loses their address when it is done with. Changes nothing
    /// when the mail is no longer ours.
    /// </summary>
    public bool Settle(Statements statements, string worker, Settlement settlement, DateTimeOffset now)
    {
        if (!OutboxStates.MayFollow(settlement.From, settlement.To))
            throw new InvalidOperationException($"A mail cannot go from {settlement.From} to {settlement.To}.");
        if (settlement.CountedFor is { } domain)
            Count(statements, domain, now);
        return statements.Execute(
            """
            update outbox set state = @to, claim = null, claimed_until = null, due_at = coalesce(@dueAt, due_at),
                attempts = attempts + @tried, first_tried_at = case when @tried = 1 then coalesce(first_tried_at, @now) else first_tried_at end,
                settled_at = case when @final = 0 then null else @now end,
                recipient = case when forget = 1 and @final = 1 then '' else recipient end, domain = case when forget = 1 and @final = 1 then '' else domain end,
                payload = case when forget = 1 and @final = 1 then '{}' else payload end, answer = case when forget = 1 then null else coalesce(@answer, answer) end,
                about = coalesce(@about, about)
            where id = @id and claim = @worker and coalesce(state, '') = @from and attempts = coalesce(@attempts, attempts)
            """,
            ("@to", OutboxStates.ToText(settlement.To)), ("@dueAt", settlement.DueAt), ("@tried", settlement.CountsAsAttempt ? 1 : 0), ("@now", now),
            ("@final", settlement.To is OutboxState.Queued or OutboxState.Deferred ? 0 : 1), ("@answer", settlement.Answer), ("@about", settlement.About),
            ("@id", settlement.Id), ("@worker", worker), ("@from", OutboxStates.ToText(settlement.From)), ("@attempts", settlement.Attempts)) > 0;
    }
}

/// <param name="Until">The lease of the mark: longer than a server may take for its final answer.</param>
internal sealed record InDoubtMark(long Id, string Worker, string MessageId, DateTimeOffset Until);
