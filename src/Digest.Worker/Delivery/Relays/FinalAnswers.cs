namespace Digest.Worker.Delivery.Relays;

/// <summary>
/// Spaces the final dots of all connections to a relay: two at once, the next when one of them is answered or the last went <see cref="Spacing"/>
/// ago. A kill repeats the messages that the server has and whose answer we have not read; with a quick server these are two at most
/// and not one a connection, and a slow one is not waited for.
/// </summary>
internal sealed class FinalAnswers(TimeProvider time)
{
    /// <summary>So 200 messages a second go to a slow server, if it has the connections for them.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);

    /// <summary>With one, the server is idle while its answer is on the way and the next dot too.</summary>
    private const int Abreast = 2;

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
                if (open.Count < Abreast || wait <= TimeSpan.Zero)
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
            if (open.Remove(entered) && open.Count < Abreast)
                while (waiting.TryDequeue(out var next))
                    if (next.TrySetResult())
                        break;
        }
    }
}
