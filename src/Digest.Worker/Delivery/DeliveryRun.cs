using System.Data.Common;
using Digest.Worker.Delivery.Limits;
using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Delivery;

/// <summary>Delivers what is due now, over all connections of all relays, until nothing is due, the limits are used up or the hosts fail.</summary>
internal sealed class DeliveryRun(
    DeliveryRecovery recovery, ClaimStore claims, MailComposition composition, WorkerPresence presence, LimitPlan plan, BudgetStore budgets, Lanes lanes, HostWatch watch, Pauses pauses, Marking marking,
    MailDelivery delivery, UntakenResults untaken, TimeProvider time, ILogger<DeliveryRun> logger) : IDisposable
{
    /// <summary>So many results a connection leaves behind it unwritten.</summary>
    private const int MostUnsettled = 16;

    private readonly SemaphoreSlim one = new(1, 1);
    private bool unsure;

    /// <summary>Runs until nothing is due now. Stopping lets open messages finish and releases the rest.</summary>
    public async Task<DeliveryReport> RunAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var recovered = await recovery.RunAsync(cancellationToken);
            if (untaken.Hindrance is { } hindrance)
                return new DeliveryReport { Counts = new Dictionary<OutboxState, int>(), Recovered = recovered, Stopped = hindrance };
            if (marking.Unsent() is var unsent && (unsure || unsent.Count > 0))
                await claims.ReleaseAsync(presence.Worker, unsent, cancellationToken);
            unsure = false;
            marking.Forget();
            using var sole = plan.IsSet && !plan.IsOfAll ? presence.TryBeSoleSender() : null;
            if (plan.IsSet && !plan.IsOfAll && sole is null)
                return new DeliveryReport { Counts = new Dictionary<OutboxState, int>(), Recovered = recovered, Stopped = "another worker sends, and the limits hold for both together", IsLeftToAnother = true };
            using var tally = new RunTally(cancellationToken);
            var limits = await plan.BeginAsync(cancellationToken);
            var backlog = new Backlog(limits, lanes, tally, time);
            using var ended = new CancellationTokenSource();
            var drawing = new BudgetDrawing(budgets, presence, backlog, limits, time, logger).RunAsync(ended.Token);
            unsure = true;
            try
            {
                await SendAllAsync(backlog, tally);
            }
            finally
            {
                await ended.CancelAsync();
                await drawing;
            }
            unsure = tally.Stopped is not null;
            if (backlog.ExhaustedUntil is { } until)
                logger.LimitsUsedUp(until);
            return new DeliveryReport
            {
                Counts = tally.Counts,
                Recovered = recovered,
                Stopped = tally.Stopped ?? (cancellationToken.IsCancellationRequested ? "asked to stop" : null),
                LimitedUntil = backlog.ExhaustedUntil,
            };
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task SendAllAsync(Backlog backlog, RunTally tally)
    {
        var senders = Enumerable.Range(0, lanes.Connections).Select(_ => Task.Run(() => SendAsync(backlog, tally), CancellationToken.None)).ToArray();
        try
        {
            await new ClaimPace(claims, recovery, composition, presence, backlog, lanes, tally, time).RunAsync();
        }
        catch (DbException e)
        {
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be read or written: {e.Message}");
        }
        finally
        {
            backlog.Close();
        }
        await Task.WhenAll(senders);
        await delivery.WrittenAsync([.. backlog.Drain().Select(mail => delivery.ReleaseAsync(mail, null))]);
        foreach (var lane in lanes.All)
            await lane.CloseAsync();
        await untaken.OfferAsync();
        presence.Notes.Clear();
        untaken.Note();
        composition.Forget();
        await pauses.EndRunAsync(tally);
    }

    private async Task SendAsync(Backlog backlog, RunTally tally)
    {
        var settling = new Queue<Task>();
        while (await backlog.TakeAsync() is { } turn)
        {
            settling.Enqueue(turn.WaitsUntil is { } until ? PostponeAsync(turn.Mail, until) : await SendAsync(backlog, turn, tally));
            while (settling.Count > 0 && settling.Peek().IsCompleted)
                await settling.Dequeue();
            if (settling.Count > MostUnsettled)
                await delivery.WrittenAsync([settling.Dequeue()]);
        }
        await delivery.WrittenAsync(settling);
    }

    private async Task<Task> SendAsync(Backlog backlog, Turn turn, RunTally tally)
    {
        var delivered = default(Delivered);
        try
        {
            delivered = await delivery.DeliverAsync(turn.Session!, turn.Mail, backlog, tally);
            await watch.SeeAsync(turn.Lane!, delivered.Result, backlog.Guarded);
            return delivered.Counts ? SettledAsync(delivered.Settling, backlog, turn.Mail.Domain) : delivered.Settling;
        }
        catch (OperationCanceledException) when (tally.Ending.IsCancellationRequested)
        {
            // Stopped before its DATA.
            return delivery.ReleaseAsync(turn.Mail, null);
        }
        catch (DbException e) when (!StorageTrouble.IsOfRow(e))
        {
            // Without a mark nothing was sent; the next run gives the mail back.
            if (delivered.Result is null)
                marking.NotSent(turn.Mail);
            logger.OutboxUnwritable(e);
            tally.Stop($"the outbox cannot be written: {e.Message}");
            return delivered.Counts ? SettledAsync(delivered.Settling, backlog, turn.Mail.Domain) : delivered.Settling ?? Task.CompletedTask;
        }
        catch (Exception e)
        {
            // A fault with this mail alone, which was not sent: it waits, and the others go on. Where its mark was asked for anew in vain, the old one stands.
            if (e is DbException)
                marking.NotSent(turn.Mail);
            logger.MailBroken(e, turn.Mail.Id);
            return delivery.PutOffAsync(turn.Mail, e, tally);
        }
        finally
        {
            if (!delivered.Again)
                composition.Forget(turn.Mail);
            backlog.Done(turn, delivered.Counts, delivered.Again);
        }
    }

    private Task PostponeAsync(ClaimedMail mail, DateTimeOffset until)
    {
        composition.Forget(mail);
        return delivery.ReleaseAsync(mail, until);
    }

    /// <summary>What was drawn for a message is needed until the database counts it.</summary>
    private static async Task SettledAsync(Task settling, Backlog backlog, string domain)
    {
        await settling;
        backlog.Settled(domain);
    }
}
