using Digest.Worker.Outbox;
using Digest.Worker.Workers;

namespace Digest.Worker.Delivery;

/// <summary>Takes back what workers held that are gone: first what they knew to be sent, then the rest as the policy says. Before that, what the database did not take of our own is offered again, so that its lease does not end.</summary>
internal sealed class DeliveryRecovery(ClaimStore claims, LeaseStore leases, WorkerPresence presence, UntakenResults untaken, InDoubtPolicy policy, TimeProvider time, ILogger<DeliveryRecovery> logger)
{
    public async Task<Recovered> RunAsync(CancellationToken cancellationToken)
    {
        await untaken.OfferAsync();
        var now = time.GetUtcNow();
        var dead = presence.Dead();
        if (dead.Count == 0 && !await claims.AnyOverdueAsync(now, cancellationToken))
            return default;
        var (known, stuck, buried) = (0, new List<long>(), new List<string>());
        foreach (var worker in dead)
        {
            var settled = presence.NotesOf(worker) is { Count: > 0 } notes ? await claims.SettleKnownAsync(worker, notes, now, cancellationToken) : new KnownSettled(0, []);
            known += settled.Settled;
            stuck.AddRange(settled.Untaken);
            // Its notes are asked again: they alone know that those are sent.
            if (settled.Untaken.Count == 0)
                buried.Add(worker);
        }
        var recovered = await claims.RecoverAsync(dead, stuck, policy, now, cancellationToken) with { Known = known };
        // Before they are forgotten here: their part goes to others now, and not when their leases end.
        if (dead.Count > 0)
            await leases.LeaveAsync(dead, now, cancellationToken);
        presence.Bury(buried);
        if (recovered.Left + stuck.Count > 0)
            logger.NotTakenBack(recovered.Left + stuck.Count);
        if (recovered with { Left = 0 } != default)
            logger.TookBack(recovered.Released, recovered.InDoubt, recovered.Known);
        return recovered;
    }
}
