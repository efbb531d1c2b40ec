using System.Data.Common;
using System.Threading.Channels;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Delivers what is due now, over all connections of the transport, until nothing is due or the host fails.</summary>
internal sealed class DeliveryRun(
    ClaimStore claims, OutboxJournal journal, WorkerPresence presence, MailDelivery delivery, ITransport transport, InDoubtPolicy policy,
    TimeProvider time, ILogger<DeliveryRun> logger) : IDisposable
{
    private const int ClaimAtOnce = 128;

    /// <summary>Enough for a claim's mails; one whose lease ran out is not sent, whoever holds it now.</summary>
    private static readonly TimeSpan ClaimLease = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Runs until nothing is due now. Stopping lets open messages finish and releases the rest.</summary>
    public async Task<DeliveryReport> RunAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var recovered = await RecoverAsync(cancellationToken);
            using var tally = new RunTally(cancellationToken);
            var mails = Channel.CreateBounded<ClaimedMail>(ClaimAtOnce);
            var workers = Enumerable.Range(0, transport.Connections).Select(_ => Task.Run(() => WorkAsync(mails.Reader, tally), CancellationToken.None)).ToArray();
            await ClaimAllAsync(mails.Writer, tally);
            await Task.WhenAll(workers);
            return new DeliveryReport { Counts = tally.Counts, Recovered = recovered, Stopped = tally.Stopped ?? (cancellationToken.IsCancellationRequested ? "asked to stop" : null) };
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<Recovered> RecoverAsync(CancellationToken cancellationToken)
    {
        var dead = presence.Dead();
        var recovered = await claims.RecoverAsync(dead, policy, time.GetUtcNow(), cancellationToken);
        presence.Bury(dead);
        if (recovered != default)
            logger.TookBack(recovered.Released, recovered.InDoubt);
        return recovered;
    }

    private async Task ClaimAllAsync(ChannelWriter<ClaimedMail> mails, RunTally tally)
    {
        try
        {
            while (!tally.Ending.IsCancellationRequested)
            {
                var claimed = await claims.ClaimAsync(presence.Worker, ClaimAtOnce, time.GetUtcNow(), ClaimLease, CancellationToken.None);
                if (claimed.Count == 0)
                    break;
                // Never cancelled: the workers release what they may not begin.
                foreach (var mail in claimed)
                    await mails.WriteAsync(mail, CancellationToken.None);
            }
        }
        catch (DbException e)
        {
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be read: {e.Message}");
        }
        finally
        {
            mails.Complete();
        }
    }

    private async Task WorkAsync(ChannelReader<ClaimedMail> mails, RunTally tally)
    {
        await using var session = transport.Open();
        var settling = Task.CompletedTask;
        await foreach (var mail in mails.ReadAllAsync(CancellationToken.None))
        {
            var next = await WorkAsync(session, mail, tally);
            await settling;
            settling = next;
        }
        await settling;
    }

    private async Task<Task> WorkAsync(ITransportSession session, ClaimedMail mail, RunTally tally)
    {
        try
        {
            if (!tally.Ending.IsCancellationRequested)
                return await delivery.DeliverAsync(session, mail, tally);
        }
        catch (OperationCanceledException) when (tally.Ending.IsCancellationRequested)
        {
            // Stopped before its DATA: it is released below.
        }
        catch (DbException e)
        {
            // Without a mark nothing was sent; the lease gives the mail back.
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be written: {e.Message}");
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            // A fault of ours, with this mail alone: it waits, and the others go on.
            logger.MailBroken(e, mail.Id);
            return delivery.PutOffAsync(mail, e, tally);
        }
        return ReleaseAsync(mail);
    }

    private async Task ReleaseAsync(ClaimedMail mail)
    {
        try
        {
            await journal.SettleAsync(presence.Worker, new Settlement(mail.Id, OutboxState.Claimed, OutboxState.Queued, null));
        }
        catch (DbException e)
        {
            logger.OutboxUnwritable(e);
        }
    }
}
