namespace Digest.Worker.Delivery.Limits;

/// <summary>The limits of everything, or of one recipient domain.</summary>
/// <param name="atOnce">Messages under way at a time; 0: no limit.</param>
internal sealed class LimitScope(IReadOnlyList<SendingWindow> windows, int atOnce)
{
    private int open;

    /// <returns>Zero: a message may begin now. Null: not before an open one ends.</returns>
    public TimeSpan? Wait()
    {
        if (atOnce > 0 && open >= atOnce)
            return null;
        TimeSpan? longest = TimeSpan.Zero;
        foreach (var window in windows)
            longest = window.Wait() is { } wait && longest is { } known ? wait > known ? wait : known : null;
        return longest;
    }

    /// <summary>How much later than the next one the message with this many before it may begin.</summary>
    public TimeSpan Behind(int others) => windows.Count == 0 ? TimeSpan.Zero : windows.Max(window => window.Behind(others));

    public void Remember(TimeSpan age)
    {
        foreach (var window in windows)
            window.Remember(age);
    }

    public void Begin()
    {
        open++;
        foreach (var window in windows)
            window.Begin();
    }

    public void End(bool counts)
    {
        open--;
        foreach (var window in windows)
            window.End(counts);
    }
}
