using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery.Limits;

/// <summary>
/// What this worker has drawn of one limit of all workers. A message needs one of it from its beginning until the database counts it as sent. Not
/// for several threads at once: whoever hands out the mails holds the lock.
/// </summary>
/// <param name="domain">Empty: everything.</param>
/// <param name="length">Zero: a limit of messages under way at a time.</param>
/// <param name="batch">How many to draw at once.</param>
internal sealed class Budget(string domain, int most, TimeSpan length, int batch, TimeProvider time)
{
    /// <summary>What was drawn is used within this time or drawn anew, so that the database counts it for longer than we use it.</summary>
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(50);

    private static readonly TimeSpan Renewed = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Told = TimeSpan.FromMilliseconds(200);

    private long since;
    private long? again;
    private int free;
    private int open;
    private int settling;
    private int told;
    private long used;
    private bool wanted;

    /// <returns>Zero: a message may begin now. Null: nobody knows when; a draw was asked for.</returns>
    public TimeSpan? Wait()
    {
        if (free > 0 && time.GetElapsedTime(since) < Good)
            return TimeSpan.Zero;
        if (again is { } moment && time.GetElapsedTime(time.GetTimestamp(), moment) is var rest && rest > TimeSpan.Zero)
            return rest;
        again = null;
        wanted = true;
        return null;
    }

    public void Begin()
    {
        free--;
        open++;
        used = time.GetTimestamp();
    }

    /// <param name="counts">False: the server never saw the message.</param>
    public void End(bool counts)
    {
        open--;
        if (counts && length > TimeSpan.Zero)
            settling++;
        else
            free++;
    }

    /// <summary>The database counts a message that has ended.</summary>
    public void Settled()
    {
        if (length > TimeSpan.Zero)
            settling--;
    }

    /// <summary>How much later than the next one the message with this many before it may begin.</summary>
    public TimeSpan Behind(int others) => length * (others / most);

    /// <summary>What to ask the database for now; null: nothing has changed. What nobody needed since the last time goes back.</summary>
    public BudgetWish? Wish()
    {
        if (!wanted && free > 0 && time.GetElapsedTime(used) > Idle && time.GetElapsedTime(since) > Idle)
            free = 0;
        if (time.GetElapsedTime(since) >= Good)
            free = 0;
        var kept = free + open + settling;
        if (!wanted && (kept == told ? kept == 0 || time.GetElapsedTime(since) < Renewed : time.GetElapsedTime(since) < Told))
            return null;
        return new BudgetWish(domain, length, most, kept, wanted ? Math.Max(0, batch - free) : 0);
    }

    /// <param name="asked">The timestamp before the question.</param>
    public void Take(BudgetDraw draw, long asked)
    {
        since = asked;
        told = draw.Wish.Kept + draw.Drawn;
        free = draw.Lapsed ? draw.Drawn : free + draw.Drawn;
        if (draw.Drawn > 0)
            wanted = false;
        else if (draw.Wait is { } wait)
        {
            wanted = false;
            again = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        }
    }
}
