namespace Digest.Worker.Tests.Papers;

/// <summary>
/// A clock that jumps over pauses: a delay of up to twenty seconds is over at once and the clock has moved on by it; longer
/// ones (the limits on a request and on a run) keep their true length, so that they end nothing early. So does the look of a sender who waits for
/// mails: skipped, it would come again at once, and minutes would fly while the mails are being read.
/// </summary>
internal sealed class SkippingClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan LongestSkipped = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private readonly Lock guard = new();
    private DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (guard)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Set(DateTimeOffset time)
    {
        lock (guard)
            now = time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= LongestSkipped && dueTime != Look)
        {
            lock (guard)
                now += dueTime;
            dueTime = TimeSpan.Zero;
        }
        return System.CreateTimer(callback, state, dueTime, period);
    }
}
