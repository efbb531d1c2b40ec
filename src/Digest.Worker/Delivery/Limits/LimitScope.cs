namespace Digest.Worker.Delivery.Limits;

/// <summary>The limits of everything, or of one recipient domain.</summary>
/// <param name="windows">Of this worker, where no other sends beside it.</param>
/// <param name="atOnce">Messages under way at a time; 0: no limit.</param>
/// <param name="budgets">Of all workers together.</param>
internal sealed class LimitScope(IReadOnlyList<SendingWindow> windows, int atOnce, IReadOnlyList<Budget> budgets)
{
    private int open;

    /// <summary>What is drawn of the limits of all workers.</summary>
    public IReadOnlyList<Budget> Budgets => budgets;

    /// <returns>Zero: a message may begin now. Null: not before an open one ends.</returns>
    public TimeSpan? Wait()
    {
        if (atOnce > 0 && open >= atOnce)
            return null;
        TimeSpan? longest = TimeSpan.Zero;
        foreach (var window in windows)
            longest = Later(longest, window.Wait());
        // Each is asked, so that each that is empty is drawn from.
        foreach (var budget in budgets)
            longest = Later(longest, budget.Wait());
        return longest;
    }

    /// <summary>How much later than the next one the message with this many before it may begin.</summary>
    public TimeSpan Behind(int others) => windows.Select(window => window.Behind(others)).Concat(budgets.Select(budget => budget.Behind(others))).DefaultIfEmpty().Max();

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
        foreach (var budget in budgets)
            budget.Begin();
    }

    public void End(bool counts)
    {
        open--;
        foreach (var window in windows)
            window.End(counts);
        foreach (var budget in budgets)
            budget.End(counts);
    }

    /// <summary>A message that counted is written down.</summary>
    public void Settled()
    {
        foreach (var budget in budgets)
            budget.Settled();
    }

    private static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => one is { } a && other is { } b ? a > b ? a : b : null;
}
