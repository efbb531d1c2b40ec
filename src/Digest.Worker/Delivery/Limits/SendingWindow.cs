namespace Digest.Worker.Delivery.Limits;

/// <summary>
/// At most so many messages in any stretch of time of one length. A message counts from its beginning until that length after its end, so
/// the limit holds wherever between the two the server counts it. Not for several threads at once.
/// </summary>
internal sealed class SendingWindow(int most, TimeSpan length, TimeProvider time)
{
    // Timestamps, not times: a clock that is set back or forth changes nothing.
    private readonly Queue<long> ended = new();
    private int open;

    public TimeSpan Length => length;

    /// <summary>Takes over a message of before; the oldest comes first.</summary>
    public void Remember(TimeSpan age)
    {
        if (age < length)
            ended.Enqueue(time.GetTimestamp() - (long)(Math.Max(0, age.TotalSeconds) * time.TimestampFrequency));
    }

    /// <returns>Zero: a message may begin now. Null: not before an open one ends.</returns>
    public TimeSpan? Wait()
    {
        var now = time.GetTimestamp();
        while (ended.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= length)
            ended.Dequeue();
        var over = open + ended.Count - most;
        if (over < 0)
            return TimeSpan.Zero;
        return over < ended.Count ? length - time.GetElapsedTime(ended.ElementAt(over), now) : null;
    }

    public void Begin() => open++;

    /// <param name="counts">False: the server never saw the message.</param>
    public void End(bool counts)
    {
        open--;
        if (counts)
            ended.Enqueue(time.GetTimestamp());
    }

    /// <summary>How much later than the next one the message with this many before it may begin.</summary>
    public TimeSpan Behind(int others) => length * (others / most);
}
