using System.Data.Common;
using Digest.Worker.Outbox;

namespace Digest.Worker.Workers;

/// <summary>
/// Says every ten seconds that this worker is alive, and learns what is its part. Who comes has a part after two beats; what belonged to one that
/// died is taken up when its lease has ended, after forty seconds at most.
/// </summary>
internal sealed partial class WorkerBeat(LeaseStore store, WorkerShare share, WorkerPresence presence, TimeProvider time, ILogger<WorkerBeat> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>The first beat comes before the first tick of the schedule.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        share.Set(new Portion(0, null, []));
        // Of its own: the time to stop may be used up, and who does not take leave keeps its part for as long as the lease.
        using var patience = new CancellationTokenSource(LeavePatience, time);
        try
        {
            await store.LeaveAsync([presence.Worker], time.GetUtcNow(), patience.Token);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            LogTrouble(e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var good = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(good ? Pause : PauseAfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                good = await BeatAsync(stoppingToken);
        }
    }

    private async Task<bool> BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            share.Set(await store.BeatAsync(presence.Worker, presence.Dead(), time.GetUtcNow(), Lease, cancellationToken));
            return true;
        }
        catch (DbException e)
        {
            LogTrouble(e.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(6201, LogLevel.Warning, "This worker could not say that it is alive; without that its work goes to others: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
