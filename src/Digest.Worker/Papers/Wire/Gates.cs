using System.Collections.Concurrent;

namespace Digest.Worker.Papers.Wire;

/// <summary>
/// One request at a time to each provider, with a pause after it. All sources of one provider share its gate: arXiv asks for one request
/// per three seconds and a single connection over all its services together (https://info.arxiv.org/help/api/tou.html).
/// </summary>
internal sealed class Gates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Gate> gates = new();

    /// <summary>Waits for one's turn; the next one's begins when the result is disposed of and the pause is over.</summary>
    /// <param name="provider">What is shared: <c>arxiv</c>, or a host.</param>
    public async Task<IDisposable> EnterAsync(string provider, TimeSpan pause, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(provider, _ => new Gate());
        await gate.Turn.WaitAsync(cancellationToken);
        try
        {
            if (gate.LastEnd is { } last && pause - time.GetElapsedTime(last) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);
            return new Passage(gate, time);
        }
        catch
        {
            gate.Turn.Release();
            throw;
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public long? LastEnd { get; set; }
    }

    private sealed class Passage(Gate gate, TimeProvider time) : IDisposable
    {
        public void Dispose()
        {
            gate.LastEnd = time.GetTimestamp();
            gate.Turn.Release();
        }
    }
}
