using Digest.Worker.Outbox;
using Digest.Worker.Workers;

namespace Digest.Worker.Delivery;

/// <summary>
/// Takes back what workers held that are gone: first what they knew to be sent, then the rest as the policy says. Before that, what the database did not take
/// of our own is offered again, so that its lease does not end.
/// </summary>
internal sealed class DeliveryRecovery(ClaimStore claims, LeaseStore leases, WorkerPresence presence, UntakenResults untaken, InDoubtPolicy policy, TimeProvider time, ILogger<DeliveryRecovery> logger)
{
    private readonly Dictionary<string, IReadOnlyList<SentNote>> stuck = [];
    private int told;

    public async Task<Recovered> RunAsync(CancellationToken cancellationToken)
    {
        await untaken.OfferAsync();
        var now = time.GetUtcNow();
        var dead = presence.Dead();
        if (dead.Count == 0 && !await claims.AnyOverdueAsync(now, cancellationToken))
            return default;
        foreach (var buriedByOthers in stuck.Keys.Except(dead).ToList())
            stuck.Remove(buriedByOthers);
        var (known, buried) = (0, new List<string>());
        foreach (var worker in dead)
        {
            var notes = stuck.GetValueOrDefault(worker) ?? presence.NotesOf(worker);
            var settled = notes.Count > 0 ? await claims.SettleKnownAsync(worker, notes, now, cancellationToken) : new KnownSettled(0, []);
            known += settled.Settled;
            // They are asked again: they alone know that those mails are sent. The others of its notes are done with.
            stuck[worker] = settled.Untaken;
            if (settled.Untaken.Count == 0)
                buried.Add(worker);
        }
        var recovered = await claims.RecoverAsync(dead, [.. stuck.Values.SelectMany(notes => notes).Select(note => note.Mail)], policy, now, cancellationToken) with { Known = known };
        // Before they are forgotten here: their part goes to others now, and not when their leases end.
        if (dead.Count > 0)
            await leases.LeaveAsync(dead, now, cancellationToken);
        presence.Bury(buried);
        foreach (var worker in buried)
            stuck.Remove(worker);
        Tell(recovered.Left + stuck.Values.Sum(notes => notes.Count));
        if (recovered with { Left = 0 } != default)
            logger.TookBack(recovered.Released, recovered.InDoubt, recovered.Known);
        return recovered;
    }

    /// <summary>Once, until it changes: it is asked each second.</summary>
    private void Tell(int left)
    {
        if (left > 0 && left != told)
            logger.NotTakenBack(left);
        told = left;
    }
}
