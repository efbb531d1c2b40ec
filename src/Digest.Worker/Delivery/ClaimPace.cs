using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// Claims a few seconds of work at a time: more when the backlog runs dry at once, less when it takes long, so that no claim outlives its
/// lease while it waits.
/// </summary>
internal sealed class ClaimPace(ClaimStore claims, DeliveryRecovery recovery, MailComposition composition, WorkerPresence presence, Backlog backlog, Lanes lanes, RunTally tally, TimeProvider time)
{
    private const int Most = 256;

    /// <summary>Enough for a claim's mails; one whose lease ran out is not sent, whoever holds it now.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>A run may take hours; what another worker held when it died is not to wait so long.</summary>
    private static readonly TimeSpan BetweenRecoveries = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    public async Task RunAsync()
    {
        var fewest = lanes.All.Sum(lane => lane.Connections);
        var most = Math.Max(32, 4 * fewest);
        var recovered = time.GetTimestamp();
        while (!tally.Ending.IsCancellationRequested)
        {
            if (time.GetElapsedTime(recovered) > BetweenRecoveries)
            {
                await recovery.RunAsync(CancellationToken.None);
                recovered = time.GetTimestamp();
            }
            var since = time.GetTimestamp();
            // Never cancelled: what was claimed is released in order.
            var claimed = await claims.ClaimAsync(presence.Worker, most, time.GetUtcNow(), Lease, CancellationToken.None);
            if (claimed.Count == 0)
                return;
            await composition.PrepareAsync(claimed, CancellationToken.None);
            backlog.Add(claimed);
            await backlog.RunsLowAsync(most / 2);
            var took = time.GetElapsedTime(since);
            most = took < Quick ? Math.Min(Most, most * 2) : took > Slow ? Math.Max(fewest, most / 2) : most;
        }
    }
}
