using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The statements that move a claimed mail on. Each names the claim that must still be ours, and whether the mail was marked.</summary>
internal sealed class MarkStore(Database database)
{
    // A mail is found by its number: "coalesce" keeps PostgreSQL from the index of those that wait, when it takes them to be few.
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEnd;

    /// <summary>
    /// Marks a mail in doubt, if the claim is still ours and its reader still wants it: has not left (an issue), and is not suppressed (any mail but the
    /// operator's alarms). Where it changes a row, the message may be ended with its final dot; else it must not be sent, and <see cref="Deny"/> follows.
    /// </summary>
    public Statement Mark(InDoubtMark mark, DateTimeOffset now) => new(
        $"""
        update claim set message_id = @messageId, until = {leaseEnd}, marked_at = @now
        where mail_id = @id and worker = @worker and marked_at is null and until > {leaseNow}
          and not exists (select 1 from known_sent k where k.message_id = substr(@messageId, 1, 32))
          and exists (select 1 from outbox o where o.id = @id and coalesce(o.state, '') in ('queued', 'deferred')
              and (o.kind <> 'issue' or (select s.state from subscriber s where s.id = o.subscriber_id) = 'active')
              and (o.kind = 'alarm' or not exists (
                  select 1 from suppression p where p.address_key in (lower(o.recipient), (select s.email_key from subscriber s where s.id = o.subscriber_id)))))
        """,
        ("@messageId", mark.MessageId), ("@until", mark.Until), ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker));

    /// <summary>Takes a mail back that is ours and may not be marked, in the same transaction. One whose claim has ended is left to whoever takes it back.</summary>
    public void Deny(Statements statements, InDoubtMark mark, DateTimeOffset now)
    {
        SqlPart ours = new($"id = @id and exists (select 1 from claim where mail_id = @id and worker = @worker and marked_at is null and until > {leaseNow})");
        var denied = statements.Execute(
            // Sent by the installation that this database was restored over.
            new Statement(
                $"""
                update outbox set state = 'sent', message_id = @messageId, answer = 'sent before the restore', settled_at = @now
                where {ours} and exists (select 1 from known_sent k where k.message_id = substr(@messageId, 1, 32))
                """, ("@messageId", mark.MessageId), ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker))) > 0
            || statements.Execute(new Statement($"update outbox set state = 'suppressed', settled_at = @now where {ours}", ("@now", now), ("@id", mark.Id), ("@worker", mark.Worker))) > 0;
        if (denied)
            statements.Execute(new Statement("delete from claim where mail_id = @id", ("@id", mark.Id)));
    }

    /// <summary>Writes down that a message to this domain was sent now, by the clock that leases go by.</summary>
    public Statement Count(string domain, DateTimeOffset now) => new($"insert into sending (at, domain) values ({leaseNow}, @domain)", ("@now", now), ("@domain", domain));

    /// <summary>
    /// Writes down what became of a mail; one to somebody who was erased loses their address when it is done with. The first statement changes
    /// nothing when the mail is no longer ours.
    /// </summary>
    public IReadOnlyList<Statement> Settle(string worker, Settlement settlement, DateTimeOffset now)
    {
        if (!OutboxStates.MayFollow(settlement.From, settlement.To))
            throw new InvalidOperationException($"A mail cannot go from {settlement.From} to {settlement.To}.");
        var marked = settlement.From == OutboxState.InDoubt ? 1 : 0;
        var settle = new Statement(
            """
            update outbox set state = @to, due_at = coalesce(@dueAt, due_at),
                attempts = attempts + @tried, first_tried_at = case when @tried = 1 then coalesce(first_tried_at, @now) else first_tried_at end,
                settled_at = case when @final = 0 then null else @now end,
                recipient = case when forget = 1 and @final = 1 then '' else recipient end, domain = case when forget = 1 and @final = 1 then '' else domain end,
                payload = case when forget = 1 and @final = 1 then '{}' else payload end, answer = case when forget = 1 then null else coalesce(@answer, answer) end,
                about = coalesce(@about, about), message_id = coalesce(claim.message_id, outbox.message_id)
            from claim
            where outbox.id = @id and claim.mail_id = @id and claim.worker = @worker and (case when claim.marked_at is null then 0 else 1 end) = @marked
              and attempts = coalesce(@attempts, attempts)
            """,
            ("@to", OutboxStates.ToText(settlement.To)), ("@dueAt", settlement.DueAt), ("@tried", settlement.CountsAsAttempt ? 1 : 0), ("@now", now),
            ("@final", settlement.To is OutboxState.Queued or OutboxState.Deferred ? 0 : 1), ("@answer", settlement.Answer), ("@about", settlement.About),
            ("@id", settlement.Id), ("@worker", worker), ("@marked", marked), ("@attempts", settlement.Attempts));
        var release = new Statement(
            """
            delete from claim where mail_id = @id and worker = @worker and (case when marked_at is null then 0 else 1 end) = @marked
            """, ("@id", settlement.Id), ("@worker", worker), ("@marked", marked));
        return settlement.CountedFor is { } domain ? [settle, release, Count(domain, now)] : [settle, release];
    }
}

/// <param name="Until">The lease of the mark: longer than a server may take for its final answer.</param>
internal sealed record InDoubtMark(long Id, string Worker, string MessageId, DateTimeOffset Until);
