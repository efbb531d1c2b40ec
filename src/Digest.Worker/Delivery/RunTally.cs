using System.Collections.Concurrent;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Counts during one run, and whether the host still deserves to be tried.</summary>
internal sealed class RunTally : IDisposable
{
    /// <summary>So many failures of the host in a row end the run; the next tick tries again.</summary>
    private const int FailuresInARow = 5;

    private readonly ConcurrentDictionary<OutboxState, int> counts = new();
    private readonly CancellationTokenSource end;
    private int failures;

    public RunTally(CancellationToken stopping) => end = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>Set when no further mail may be begun.</summary>
    public CancellationToken Ending => end.Token;

    public string? Stopped { get; private set; }

    public IReadOnlyDictionary<OutboxState, int> Counts => counts;

    public void Count(OutboxState state) => counts.AddOrUpdate(state, 1, (_, count) => count + 1);

    public void HostAnswered() => Volatile.Write(ref failures, 0);

    public void HostFailed(string why, bool needsOperator)
    {
        if (Interlocked.Increment(ref failures) >= FailuresInARow || needsOperator)
            Stop(why);
    }

    public void Stop(string why)
    {
        Stopped ??= why;
        end.Cancel();
    }

    public void Dispose() => end.Dispose();
}
