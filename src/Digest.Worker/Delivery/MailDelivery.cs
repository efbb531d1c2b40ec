using System.Data.Common;
using Digest.Templates;
using Digest.Worker.Delivery.Limits;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Delivery;

/// <summary>Delivers one claimed mail: render, mark, send, settle. What goes wrong with it stays with it.</summary>
internal sealed class MailDelivery(
    MailComposition composition, MessageBuilder builder, OutboxJournal journal, Marking marking, WorkerPresence presence, LimitPlan limits, AddressRecord addresses, Pauses pauses,
    UntakenResults untaken, TimeProvider time, ILogger<MailDelivery> logger)
{
    /// <summary>Enough to send one message.</summary>
    private static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SettlePause = TimeSpan.FromSeconds(1);

    public async Task<Delivered> DeliverAsync(ITransportSession session, ClaimedMail mail, Backlog backlog, RunTally tally)
    {
        if (marking.IsDenied(mail))
            return await ToldAsync(mail, new SendResult.Withdrawn(), tally);
        // It waited behind a slow server: another worker may have it, and its mark would be denied after the whole message.
        if (!marking.IsMarked(mail) && mail.ClaimEnds - ClaimMargin <= time.GetUtcNow())
            return new Delivered(ReleaseAsync(mail, null), null);
        if (mail.GivenUpAt <= time.GetUtcNow())
            return Unsent(mail, OutboxState.Expired, null, tally);
        if (await session.ConnectAsync(tally.Ending) is { } failed)
            return new Delivered(Task.CompletedTask, failed) { Again = true };
        var content = await composition.RenderAsync(mail, tally.Ending);
        if (content is null)
            return Unsent(mail, OutboxState.Suppressed, "what it told about is gone", tally);
        return await SendAsync(session, mail, content, backlog, tally);
    }

    /// <summary>Waits for what became of mails to be written; what the journal has of it already is written without company.</summary>
    public Task WrittenAsync(IEnumerable<Task> settling)
    {
        journal.Hurry();
        return Task.WhenAll(settling);
    }

    /// <summary>Puts off a mail that could not be made.</summary>
    public Task PutOffAsync(ClaimedMail mail, Exception why, RunTally tally)
    {
        var again = time.GetUtcNow() + BackOff.Step(mail.Attempts, Spread.Next());
        return SettleUnsentAsync(mail, OutboxState.Deferred, $"cannot be made: {why.Message}", again, tally);
    }

    /// <summary>Gives a mail back that is not sent in this run.</summary>
    /// <param name="until">When it is due; null: as before.</param>
    public async Task ReleaseAsync(ClaimedMail mail, DateTimeOffset? until)
    {
        try
        {
            await journal.SettleAsync(presence.Worker, new Settlement(mail.Id, await marking.StandsAsync(mail), OutboxState.Queued, null, until));
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            marking.NotSent(mail);
            logger.OutboxUnwritable(e);
        }
    }

    private Delivered Unsent(ClaimedMail mail, OutboxState state, string? why, RunTally tally) =>
        new(SettleUnsentAsync(mail, state, why, null, tally), null);

    private async Task SettleUnsentAsync(ClaimedMail mail, OutboxState state, string? why, DateTimeOffset? until, RunTally tally)
    {
        try
        {
            await SettleAsync(mail, new Settlement(mail.Id, await marking.StandsAsync(mail), state, why, until), tally);
        }
        catch (DbException e)
        {
            marking.NotSent(mail);
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be written: {e.Message}");
        }
    }

    private async Task<Delivered> SendAsync(ITransportSession session, ClaimedMail mail, RenderedMail? content, Backlog backlog, RunTally tally)
    {
        var (marked, messageId) = (false, (string?)null);
        var result = await session.SendAsync(
            eightBit =>
            {
                // Larger than the octets that are made of it, and not needed while the server is waited for.
                var rendered = content!;
                content = null;
                return builder.Build(mail, rendered, eightBit);
            },
            async outgoing => marked = await marking.MarkAsync(mail, messageId = outgoing.MessageId, backlog));
        if (result is SendResult.Accepted accepted)
            presence.Notes.Add(mail.Id, mail.Attempts, accepted.Answer);
        var seen = marked || result is SendResult.Refused;
        // A server may refuse it before its mark was needed.
        var stands = marked ? OutboxState.InDoubt : await marking.StandsAsync(mail);
        var settlement = Verdict.For(mail, result, stands, time.GetUtcNow(), Spread.Next);
        DeliveryMetrics.Answered(result);
        if (settlement is not null)
            settlement = settlement with { MessageId = marked ? messageId : null, CountedFor = seen && limits.IsSet ? mail.Domain : null };
        var settling = settlement is not null ? SettleAsync(mail, settlement, tally)
            // In doubt, and perhaps sent: among several workers it counts from now on, not only when it is taken back.
            : seen && limits.IsOfAll ? CountAsync(mail)
            : Task.CompletedTask;
        return await ToldAsync(mail, result, tally) with { Settling = settling, Counts = seen };
    }

    private async Task<Delivered> ToldAsync(ClaimedMail mail, SendResult result, RunTally tally)
    {
        try
        {
            await TellAsync(mail, result, tally);
        }
        catch (DbException e)
        {
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be written: {e.Message}");
        }
        return new Delivered(Task.CompletedTask, result);
    }

    private async Task CountAsync(ClaimedMail mail)
    {
        try
        {
            await journal.CountAsync(mail.Domain);
        }
        catch (DbException e)
        {
            // It is in doubt, and counts as such as soon as this worker's draws have ended.
            logger.OutboxUnwritable(e);
        }
    }

    private async Task TellAsync(ClaimedMail mail, SendResult result, RunTally tally)
    {
        switch (result)
        {
            case SendResult.Accepted:
                pauses.Accepted();
                break;
            case SendResult.Withdrawn:
                tally.Count(OutboxState.Suppressed);
                break;
            case SendResult.InDoubt doubt:
                logger.MailInDoubt(mail.Id, doubt.Why);
                tally.Count(OutboxState.InDoubt);
                break;
            case SendResult.Refused refused:
                logger.MailRefused(mail.Id, refused.Answer.ToString());
                var about = AnswerClassifier.Classify(refused.Answer);
                await addresses.BlameAsync(mail, about, refused.Answer);
                if (about is AnswerClass.Hard or AnswerClass.AboutUs or AnswerClass.Content or AnswerClass.Permanent)
                    await pauses.RefusedAsync(mail, about, refused.Answer, tally);
                break;
        }
    }

    /// <summary>An answer that was given must reach the disk: it is written until it is, or else the mail would be sent twice.</summary>
    private async Task SettleAsync(ClaimedMail mail, Settlement settlement, RunTally tally)
    {
        var deadline = time.GetUtcNow() + Marking.Lease;
        while (true)
        {
            try
            {
                if (await journal.SettleAsync(presence.Worker, settlement))
                    tally.Count(settlement.To);
                return;
            }
            catch (DbException e) when (StorageTrouble.IsOfRow(e))
            {
                await KeepAsync(mail, settlement, e, tally);
                return;
            }
            catch (DbException e) when (time.GetUtcNow() < deadline)
            {
                logger.OutboxUnwritable(e);
                tally.Stop($"the outbox cannot be written: {e.Message}");
                await Task.Delay(SettlePause, time, CancellationToken.None);
            }
        }
    }

    private async Task KeepAsync(ClaimedMail mail, Settlement settlement, DbException why, RunTally tally)
    {
        untaken.Keep(mail, settlement, why);
        tally.Count(settlement.From);
        if (untaken.Hindrance is { } hindrance)
            tally.Stop(hindrance);
        // What a server saw counts, whether or not its end can be written.
        if (settlement.CountedFor is not null)
            await CountAsync(mail);
    }
}

/// <summary>What came of one turn.</summary>
/// <param name="Settling">The settlement on its way to the disk; it needs no waiting for before the next mail.</param>
/// <param name="Result">What the transport said; null when it was not asked.</param>
internal readonly record struct Delivered(Task Settling, SendResult? Result)
{
    /// <summary>A server saw the message: it counts toward the limits.</summary>
    public bool Counts { get; init; }

    /// <summary>The mail was not touched, and another relay may have it.</summary>
    public bool Again { get; init; }
}
