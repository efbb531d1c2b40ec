namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// Whether a host deserves to be tried. Five failures in a row, or one that waiting does not mend, and it rests, longer each time; then one
/// connection tries it, and an answer ends the matter. Not for several threads at once.
/// </summary>
internal sealed class Breaker(TimeProvider time)
{
    private const int FailuresInARow = 5;

    private static readonly TimeSpan[] Rests =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15)];

    /// <summary>The first rest when an operator must act.</summary>
    private const int OperatorRest = 3;

    private int failures, rested;
    private long restsSince;
    private TimeSpan rest;

    /// <summary>Why it rests; null while it does not.</summary>
    public string? Why { get; private set; }

    /// <summary>It rested and nobody knows yet whether it is well: one connection may try.</summary>
    public bool IsProbing => Why is not null && Left <= TimeSpan.Zero;

    public bool IsResting => Why is not null && Left > TimeSpan.Zero;

    public TimeSpan Left => rest - time.GetElapsedTime(restsSince);

    public void Succeeded() => (failures, rested, Why) = (0, 0, null);

    /// <returns>True when it rests from now on.</returns>
    public bool Failed(string why, bool needsOperator)
    {
        // Others were under way when the rest began: they say nothing new.
        if (IsResting)
            return false;
        if (++failures < FailuresInARow && !needsOperator && Why is null)
            return false;
        if (needsOperator)
            rested = Math.Max(rested, OperatorRest);
        (Why, restsSince, rest) = (why, time.GetTimestamp(), Rests[Math.Min(rested++, Rests.Length - 1)]);
        return true;
    }
}
