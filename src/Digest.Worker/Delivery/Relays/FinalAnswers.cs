namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// Spaces the final dots of all connections to a relay: two at once, the next when one of them is answered or <see cref="Spacing"/>
/// after the last was due. A kill repeats the messages that the server has and whose answer we have not read; with a quick server these are two at most
/// and not one a connection, and a slow one is not waited for. Who waits longest goes first.
/// </summary>
internal sealed class FinalAnswers(TimeProvider time)
{
    /// <summary>So 200 messages a second go to a slow server, if it has the connections for them.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);

    /// <summary>With one, the server is idle while its answer is on the way and the next dot too.</summary>
    private const int Abreast = 2;

    private readonly long began = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<long>> waiting = new();
    private readonly HashSet<long> open = [];
    private TimeSpan lastAt = -Spacing;
    private long number;
    private bool isWatched;

    private TimeSpan Now => time.GetElapsedTime(began);

    /// <summary>Waits until the dot may be sent.</summary>
    /// <returns>The number to give back when the answer came.</returns>
    public Task<long> EnterAsync()
    {
        var turn = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            var now = Now;
            if (waiting.Count == 0 && (open.Count < Abreast || now - lastAt >= Spacing))
                return Task.FromResult(Open(now));
            waiting.Enqueue(turn);
            if (isWatched)
                return turn.Task;
            isWatched = true;
        }
        _ = WatchAsync();
        return turn.Task;
    }

    public void Leave(long entered)
    {
        lock (gate)
        {
            if (open.Remove(entered) && open.Count < Abreast && waiting.TryDequeue(out var next))
                next.SetResult(Open(Now));
        }
    }

    /// <summary>Lets those that wait go by the clock, until nobody waits.</summary>
    private async Task WatchAsync()
    {
        while (LetGo() is { } wait)
            await WholeMilliseconds.PassAsync(wait, time);
    }

    /// <returns>How long the first must wait; null: nobody waits.</returns>
    private TimeSpan? LetGo()
    {
        lock (gate)
        {
            while (waiting.Count > 0)
            {
                var now = Now;
                var due = lastAt + Spacing;
                if (due > now)
                    return due - now;
                // By when it was due and not by when the timer came: 6 ms a dot would be a sixth less mail.
                var at = due > now - Spacing ? due : now - Spacing;
                waiting.Dequeue().SetResult(Open(at));
            }
            isWatched = false;
            return null;
        }
    }

    private long Open(TimeSpan at)
    {
        lastAt = at;
        open.Add(++number);
        return number;
    }
}
