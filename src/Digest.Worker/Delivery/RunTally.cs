using System.Collections.Concurrent;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>Counts during one run, and whether it goes on.</summary>
internal sealed class RunTally : IDisposable
{
    private readonly ConcurrentDictionary<OutboxState, int> counts = new();
    private readonly ConcurrentDictionary<string, int> refusals = new();
    private readonly CancellationTokenSource end;

    public RunTally(CancellationToken stopping) => end = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>Set when no further mail may be begun.</summary>
    public CancellationToken Ending => end.Token;

    /// <summary>Why it ended before everything due was tried.</summary>
    public string? Stopped { get; private set; }

    public IReadOnlyDictionary<OutboxState, int> Counts => counts;

    public void Count(OutboxState state) => counts.AddOrUpdate(state, 1, (_, count) => count + 1);

    /// <summary>A server of this domain, or for it, refused a mail for what it thinks of us.</summary>
    /// <returns>How often in this run.</returns>
    public int CountRefusal(string domain) => refusals.AddOrUpdate(domain, 1, (_, count) => count + 1);

    public IEnumerable<string> RefusingDomains => refusals.Keys;

    public void Stop(string why)
    {
        Stopped ??= why;
        End();
    }

    /// <summary>No further mail is begun, and nothing is wrong.</summary>
    public void End() => end.Cancel();

    public void Dispose() => end.Dispose();
}
