namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// Lets the final dots of all connections to a relay go one after the other: the next when the one before is answered, or has waited
/// for <see cref="Spacing"/>. A kill repeats the messages that the server has and whose answer we have not read; with a quick server that
/// is one and not one a connection, and a slow one is not waited for.
/// </summary>
internal sealed class FinalAnswers(TimeProvider time)
{
    /// <summary>So 100 messages a second go to a slow server, if it has the connections for them.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private readonly HashSet<long> open = [];
    private long number, lastAt;

    /// <summary>Waits until the dot may be sent.</summary>
    /// <returns>The number to give back when the answer came.</returns>
    public async Task<long> EnterAsync()
    {
        while (true)
        {
            TaskCompletionSource turn;
            TimeSpan wait;
            lock (gate)
            {
                wait = Spacing - time.GetElapsedTime(lastAt);
                if (open.Count == 0 || wait <= TimeSpan.Zero)
                {
                    lastAt = time.GetTimestamp();
                    open.Add(++number);
                    return number;
                }
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Enqueue(turn);
            }
            await Task.WhenAny(turn.Task, Task.Delay(wait, time));
            // Whoever went on by the clock is not called any more: the call is for the next.
            turn.TrySetCanceled();
        }
    }

    public void Leave(long entered)
    {
        lock (gate)
        {
            if (open.Remove(entered) && open.Count == 0)
                while (waiting.TryDequeue(out var next))
                    if (next.TrySetResult())
                        break;
        }
    }
}
