using System.Data.Common;
using Digest.Templates;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Delivers one claimed mail: render, mark, send, settle. What goes wrong with it stays with it.</summary>
internal sealed class MailDelivery(
    MailComposition composition, MessageBuilder builder, OutboxJournal journal, WorkerPresence presence, TimeProvider time, ILogger<MailDelivery> logger)
{
    /// <summary>How long a mark holds: longer than the final answer and the transfer may take.</summary>
    private static readonly TimeSpan MarkLease = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan SettlePause = TimeSpan.FromSeconds(1);

    /// <returns>The settlement on its way to the disk; it needs no waiting for before the next mail.</returns>
    public async Task<Task> DeliverAsync(ITransportSession session, ClaimedMail mail, RunTally tally)
    {
        if (mail.GivenUpAt <= time.GetUtcNow())
            return SettleAsync(new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Expired, null), tally);
        var content = await composition.RenderAsync(mail, tally.Ending);
        if (content is null)
            return SettleAsync(new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Suppressed, "what it told about is gone"), tally);
        return await SendAsync(session, mail, content, tally);
    }

    /// <summary>Puts off a mail that could not be made.</summary>
    public Task PutOffAsync(ClaimedMail mail, Exception why, RunTally tally)
    {
        var again = time.GetUtcNow() + BackOff.Step(mail.Attempts, Random.Shared.NextDouble());
        return SettleAsync(new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Deferred, $"cannot be made: {why.Message}", again), tally);
    }

    private async Task<Task> SendAsync(ITransportSession session, ClaimedMail mail, RenderedMail content, RunTally tally)
    {
        var marked = false;
        var result = await session.SendAsync(
            eightBit => builder.Build(mail, content, eightBit),
            async outgoing => marked = await journal.MarkAsync(new InDoubtMark(mail.Id, presence.Worker, outgoing.MessageId, time.GetUtcNow() + MarkLease)),
            tally.Ending);
        Tell(mail, result, tally);
        var settlement = Verdict.For(mail, result, marked, time.GetUtcNow(), Random.Shared.NextDouble());
        return settlement is null ? Task.CompletedTask : SettleAsync(settlement, tally);
    }

    private void Tell(ClaimedMail mail, SendResult result, RunTally tally)
    {
        switch (result)
        {
            case SendResult.Accepted:
                tally.HostAnswered();
                break;
            case SendResult.Withdrawn:
                tally.Count(OutboxState.Suppressed);
                break;
            case SendResult.InDoubt doubt:
                logger.MailInDoubt(mail.Id, doubt.Why);
                tally.Count(OutboxState.InDoubt);
                tally.HostFailed(doubt.Why, needsOperator: false);
                break;
            case SendResult.HostFailed failed:
                TellHost(failed.Why, failed.NeedsOperator, tally);
                break;
            case SendResult.Refused refused:
                logger.MailRefused(mail.Id, refused.Answer.ToString());
                var about = AnswerClassifier.Classify(refused.Answer);
                if (about is AnswerClass.Host or AnswerClass.Configuration or AnswerClass.Sender)
                    TellHost(refused.Answer.ToString(), about != AnswerClass.Host, tally);
                else
                    tally.HostAnswered();
                break;
        }
    }

    private void TellHost(string why, bool needsOperator, RunTally tally)
    {
        if (needsOperator)
            logger.OperatorNeeded(why);
        else
            logger.HostFailed(why);
        tally.HostFailed(why, needsOperator);
    }

    /// <summary>An answer that was given must reach the disk: it is written until it is, or else the mail would be sent twice.</summary>
    private async Task SettleAsync(Settlement settlement, RunTally tally)
    {
        var deadline = time.GetUtcNow() + MarkLease;
        while (true)
        {
            try
            {
                if (await journal.SettleAsync(presence.Worker, settlement))
                    tally.Count(settlement.To);
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
}
