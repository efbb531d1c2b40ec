using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The statements that move claimed mails on, many at a time. Each names the claim that must still be ours, and whether the mail was marked.</summary>
internal sealed class MarkStore(Database database)
{
    private readonly SqlPart leaseNow = database.LeaseNow;
    private readonly SqlPart leaseEnd = database.LeaseEndOfGiven;

    /// <summary>
    /// Marks mails in doubt, or renews their marks, where the claim is still ours and the reader still wants the mail: has not left (an issue), was not erased,
    /// and is not suppressed (any mail but the operator's alarms). Those that it changes may be ended with their final dot; the others must not be sent, and
    /// <see cref="DenyAsync"/> follows.
    /// </summary>
    // The clock is asked once for all. A mail is found by its number: "coalesce" keeps PostgreSQL from the index of those that wait, when it takes them to be few.
    public RowChange Mark(IReadOnlyCollection<InDoubtMark> marks) => new RowsUpdated(
        "claim", "mail_id",
        $"message_id = given.message_id, until = {leaseEnd}, marked_at = given.now",
        $"""
        claim.worker = given.worker and (marked_at is null or given.again = 1) and claim.until > (select {leaseNow.OfGiven})
        and not exists (select 1 from known_sent k where k.message_id = substr(given.message_id, 1, 32))
        and exists (select 1 from outbox o left join subscriber s on s.id = o.subscriber_id
            where o.id = given.mail_id and coalesce(o.state, '') in ('queued', 'deferred') and o.forget <> 2
            and (o.kind <> 'issue' or s.state = 'active')
            and (o.kind = 'alarm' or not exists (select 1 from suppression p where p.address_key in (lower(o.recipient), s.email_key))))
        """,
        new GivenRows()
            .Numbers("mail_id", marks.Select(mark => mark.Id))
            .Texts("worker", marks.Select(mark => mark.Worker))
            .Texts("message_id", marks.Select(mark => mark.MessageId))
            .Numbers("again", marks.Select(mark => mark.Again ? 1L : 0))
            .Times("until", marks.Select(mark => (DateTimeOffset?)mark.Until))
            .Times("now", marks.Select(mark => (DateTimeOffset?)mark.At)));

    /// <summary>Takes a mail back that is ours and may not be marked, in the same transaction. One whose claim has ended is left to whoever takes it back.</summary>
    public async Task DenyAsync(DbTransaction transaction, InDoubtMark mark)
    {
        SqlPart ours = new($"id = @id and exists (select 1 from claim where mail_id = @id and worker = @worker and (marked_at is null or @again = 1) and until > {leaseNow})");
        var given = new { id = mark.Id, worker = mark.Worker, messageId = mark.MessageId, now = mark.At, again = mark.Again ? 1 : 0 };
        var denied = await transaction.ExecuteAsync(
            // Sent by the installation that this database was restored over.
            $"""
            update outbox set state = 'sent', message_id = @messageId, answer = 'sent before the restore', settled_at = @now
            where {ours} and exists (select 1 from known_sent k where k.message_id = substr(@messageId, 1, 32))
            """, given) > 0
            || await transaction.ExecuteAsync(
                $$"""
                update outbox set state = 'suppressed', settled_at = @now, recipient = case when forget = 2 then '' else recipient end,
                    domain = case when forget = 2 then '' else domain end, payload = case when forget = 2 then '{}' else payload end
                where {{ours}}
                """, given) > 0;
        if (denied)
            await transaction.ExecuteAsync("delete from claim where mail_id = @id", given);
    }

    /// <summary>Writes down that messages were sent, by the clock that leases go by.</summary>
    public RowChange Count(IReadOnlyCollection<CountedMessage> messages) => new RowsInserted(
        new RowInsert("sending (at, domain)", $"{leaseNow.OfGiven}, given.domain"),
        new GivenRows().Texts("domain", messages.Select(message => message.Domain)).Times("now", messages.Select(message => (DateTimeOffset?)message.At)));

    /// <summary>
    /// Writes down what became of mails, and gives up their claims. One to somebody who was erased while it was under way loses their address and is not tried
    /// again; the letter that tells them of it loses it when it is done with. It changes nothing of a mail that is no longer ours.
    /// </summary>
    public RowChange Settle(IReadOnlyCollection<OwnSettlement> settlements) => new RowsTaken(
        "outbox", "id",
        """
        state = case when forget = 2 and given.final = 0 then 'suppressed' else given.became end, due_at = coalesce(given.due, due_at),
        attempts = attempts + given.tried, first_tried_at = case when given.tried = 1 then coalesce(first_tried_at, given.now) else first_tried_at end,
        settled_at = case when given.final = 0 and forget <> 2 then null else given.now end,
        recipient = case when forget = 2 or forget = 1 and given.final = 1 then '' else recipient end,
        domain = case when forget = 2 or forget = 1 and given.final = 1 then '' else domain end,
        payload = case when forget = 2 or forget = 1 and given.final = 1 then '{}' else payload end,
        answer = case when forget = 0 then coalesce(given.said, answer) end,
        about = coalesce(given.class, about), message_id = coalesce(given.message, taken.message_id, outbox.message_id)
        """,
        "claim", "mail_id", "claim.worker = given.worker and (case when marked_at is null then 0 else 1 end) = given.marked",
        new GivenRows()
            .Numbers("id", settlements.Select(one => one.Settlement.Id))
            .Texts("worker", settlements.Select(one => one.Worker))
            .Numbers("marked", settlements.Select(one => one.Settlement.From == OutboxState.InDoubt ? 1L : 0))
            .Texts("became", settlements.Select(one => OutboxStates.ToText(one.Settlement.To)))
            .Times("due", settlements.Select(one => one.Settlement.DueAt))
            .Numbers("tried", settlements.Select(one => one.Settlement.CountsAsAttempt ? 1L : 0))
            .Numbers("final", settlements.Select(one => one.Settlement.To is OutboxState.Queued or OutboxState.Deferred ? 0L : 1))
            .Texts("said", settlements.Select(one => one.Settlement.Answer))
            .Texts("class", settlements.Select(one => one.Settlement.About))
            .Texts("message", settlements.Select(one => one.Settlement.MessageId))
            .Times("now", settlements.Select(one => (DateTimeOffset?)one.At)));
}

/// <param name="Until">The lease of the mark: longer than a server may take for its final answer.</param>
internal sealed record InDoubtMark(long Id, string Worker, string MessageId, DateTimeOffset Until)
{
    /// <summary>It stands already, and is to be looked at anew and hold as long again.</summary>
    public bool Again { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>A settlement by the worker that holds the mail.</summary>
internal sealed record OwnSettlement(string Worker, Settlement Settlement, DateTimeOffset At);

/// <summary>A message that counts toward the limits of its domain.</summary>
internal sealed record CountedMessage(string Domain, DateTimeOffset At);
