namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// Chooses the relay for a mail: the one that is most behind its weight. One that fails rests and the others take over; one that is merely slow
/// is waited for, but not for longer than a second. Not for several threads at once.
/// </summary>
internal sealed class Lanes(IEnumerable<ITransport> transports, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lane[] all = [.. transports.Select(transport => new Lane(transport, time))];

    public IReadOnlyList<Lane> All => all;

    /// <summary>Of all relays together.</summary>
    public int Connections => all.Sum(lane => lane.Connections);

    /// <summary>Why no mail can be sent; null while one relay can be used.</summary>
    public string? Resting => Array.TrueForAll(all, lane => lane.Breaker.IsResting) ? string.Join("; ", all.Select(lane => lane.Breaker.Why)) : null;

    /// <summary>How long until the first may be tried again.</summary>
    public TimeSpan RestLeft => all.Min(lane => lane.Breaker.Left);

    /// <returns>Null: none has room now.</returns>
    public Lane? Choose()
    {
        if (all is [var only])
            return !only.Breaker.IsResting && only.HasRoom ? only : null;
        foreach (var lane in all.Where(lane => !lane.Breaker.IsResting).OrderBy(lane => lane.Share))
        {
            if (lane.HasRoom)
            {
                // Whoever could not take its part does not get it all at once later.
                foreach (var other in all.Where(other => other.Share < lane.Share))
                    other.Share = lane.Share;
                return lane;
            }
            if (lane.Still < Patience)
                return null;
        }
        return null;
    }
}
