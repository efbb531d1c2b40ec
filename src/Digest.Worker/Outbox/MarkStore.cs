using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The statements that move a claimed mail on. Each names the state and the claim that it must still have.</summary>
internal sealed class MarkStore
{
    /// <summary>
    /// Marks a mail in doubt, if the claim is still ours and its reader still wants it. When the claim is ours but the reader has
    /// left or the address is suppressed, the mail is taken back in the same transaction.
    /// </summary>
    /// <returns>True: the message may be ended with its final dot. False: it must not be sent.</returns>
    public async Task<bool> MarkAsync(DbTransaction transaction, InDoubtMark mark, DateTimeOffset now)
    {
        var parameters = new { mark.Id, mark.Worker, mark.MessageId, mark.Until, now };
        var marked = await transaction.ExecuteAsync(
            """
            update outbox set state = 'in_doubt', message_id = @MessageId, claimed_until = @Until, marked_at = @now
            where id = @Id and claim = @Worker and state = 'claimed'
              and (kind <> 'issue' or exists (
                  select 1 from subscriber s where s.id = outbox.subscriber_id and s.state = 'active'
                  and not exists (select 1 from suppression p where p.address_key = s.email_key)))
            """, parameters);
        if (marked > 0)
            return true;
        await transaction.ExecuteAsync(
            """
            update outbox set state = 'suppressed', settled_at = @now, claim = null, claimed_until = null
            where id = @Id and claim = @Worker and state = 'claimed'
            """, parameters);
        return false;
    }

    /// <summary>
    /// Writes down what became of a mail; one to somebody who was erased loses their address when it is done with. Changes nothing
    /// when the mail is no longer ours.
    /// </summary>
    public async Task<bool> SettleAsync(DbTransaction transaction, string worker, Settlement settlement, DateTimeOffset now)
    {
        if (!OutboxStates.MayFollow(settlement.From, settlement.To))
            throw new InvalidOperationException($"A mail cannot go from {settlement.From} to {settlement.To}.");
        if (settlement.CountedFor is { } domain)
            await SendingStore.AddAsync(transaction, domain, now);
        return await transaction.ExecuteAsync(
            """
            update outbox set state = @to, claim = null, claimed_until = null, due_at = coalesce(@DueAt, due_at),
                attempts = attempts + @tried, first_tried_at = case when @tried = 1 then coalesce(first_tried_at, @now) else first_tried_at end,
                settled_at = case when @to in ('queued', 'deferred') then null else @now end,
                recipient = case when forget = 1 and @final = 1 then '' else recipient end, domain = case when forget = 1 and @final = 1 then '' else domain end,
                payload = case when forget = 1 and @final = 1 then '{}' else payload end, answer = case when forget = 1 then null else coalesce(@Answer, answer) end,
                about = coalesce(@About, about)
            where id = @Id and claim = @worker and state = @from and (@Attempts is null or attempts = @Attempts)
            """,
            new
            {
                settlement.Id,
                worker,
                from = OutboxStates.ToText(settlement.From),
                to = OutboxStates.ToText(settlement.To),
                settlement.Answer,
                settlement.DueAt,
                settlement.About,
                settlement.Attempts,
                final = settlement.To is OutboxState.Queued or OutboxState.Deferred ? 0 : 1,
                tried = settlement.CountsAsAttempt ? 1 : 0,
                now,
            }) > 0;
    }
}

/// <param name="Until">The lease of the mark: longer than a server may take for its final answer.</param>
internal sealed record InDoubtMark(long Id, string Worker, string MessageId, DateTimeOffset Until);
