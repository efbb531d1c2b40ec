using Digest.Worker.Outbox;
using Digest.Worker.Workers;

namespace Digest.Worker.Delivery;

/// <summary>Takes back what workers held that are gone: first what they knew to be sent, then the rest as the policy says.</summary>
internal sealed class DeliveryRecovery(ClaimStore claims, LeaseStore leases, WorkerPresence presence, InDoubtPolicy policy, TimeProvider time, ILogger<DeliveryRecovery> logger)
{
    public async Task<Recovered> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dead = presence.Dead();
        if (dead.Count == 0 && !await claims.AnyOverdueAsync(now, cancellationToken))
            return default;
        var known = 0;
        foreach (var worker in dead)
            if (presence.NotesOf(worker) is { Count: > 0 } notes)
                known += await claims.SettleKnownAsync(worker, notes, now, cancellationToken);
        var recovered = await claims.RecoverAsync(dead, policy, now, cancellationToken) with { Known = known };
        // Before they are forgotten here: their part goes to others now, and not when their leases end.
        if (dead.Count > 0)
            await leases.LeaveAsync(dead, now, cancellationToken);
        presence.Bury(dead);
        if (recovered.Left > 0)
            logger.NotTakenBack(recovered.Left);
        if (recovered with { Left = 0 } != default)
            logger.TookBack(recovered.Released, recovered.InDoubt, recovered.Known);
        return recovered;
    }
}
