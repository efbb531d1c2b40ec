namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// One transport as the runs see it: how many connections it is given now, whether it rests, and how much of the mail it has had. It lives as
/// long as the process, so that a host that failed in one run rests in the next. Not for several threads at once.
/// </summary>
internal sealed class Lane(ITransport transport, TimeProvider time)
{
    private static readonly TimeSpan Widening = TimeSpan.FromMinutes(1);

    private readonly Stack<ITransportSession> idle = new();
    private int narrowed = transport.Connections;
    private long narrowedAt, movedAt;

    public string Name => transport.Name;

    public int Connections => transport.Connections;

    public Breaker Breaker { get; } = new(time);

    /// <summary>An alarm may stand; also after a start, when one of before may.</summary>
    public bool IsAlarmed { get; set; } = true;

    public int Busy { get; private set; }

    /// <summary>Mails taken, over the weight.</summary>
    public double Share { get; set; }

    public bool HasRoom => Busy < Width;

    /// <summary>How long ago a mail left it.</summary>
    public TimeSpan Still => time.GetElapsedTime(movedAt);

    /// <summary>Connections that it may have now: halved when the host asks for less, one more each minute after; one while it is tried again.</summary>
    public int Width => Breaker.IsProbing ? 1 : Math.Min(transport.Connections, narrowed + (narrowedAt == 0 ? 0 : (int)(time.GetElapsedTime(narrowedAt) / Widening)));

    public void Narrow() => (narrowed, narrowedAt) = (Math.Max(1, Width / 2), time.GetTimestamp());

    public ITransportSession Enter()
    {
        Busy++;
        Share += 1.0 / transport.Weight;
        return idle.TryPop(out var session) ? session : transport.Open();
    }

    public void Leave(ITransportSession session)
    {
        Busy--;
        movedAt = time.GetTimestamp();
        idle.Push(session);
    }

    /// <summary>Says QUIT on all connections; the run is over.</summary>
    public async Task CloseAsync()
    {
        while (idle.TryPop(out var session))
            await session.DisposeAsync();
    }
}
