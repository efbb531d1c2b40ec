namespace Digest.Worker.Health;

/// <summary>
/// Whether the service can do its work now. Asked often by supervisors, so an answer holds for a few seconds; no older answer is given,
/// and no check may take longer than <see cref="Patience"/>: the truth is at most ten seconds old.
/// </summary>
internal sealed class Readiness(IEnumerable<ICheck> checks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim one = new(1, 1);
    private ReadinessReport? last;

    public async Task<ReadinessReport> AskAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (last is { } known && time.GetUtcNow() - known.At is var age && age >= TimeSpan.Zero && age < Holds)
                return known;
            var results = await Task.WhenAll(checks.Where(check => check.IsVital).Select(check => CheckRun.WithinAsync(check, Patience, cancellationToken)));
            return last = new ReadinessReport(time.GetUtcNow(), [.. results.SelectMany(result => result)]);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}

internal sealed record ReadinessReport(DateTimeOffset At, IReadOnlyList<CheckResult> Results)
{
    public bool Ready => Results.All(result => result.State != CheckState.Failure);

    public override string ToString() => string.Join('\n', [Ready ? "ready" : "not ready", .. Results.Select(result => $"{result.State.ToString().ToLowerInvariant(),-8} {result.Key}: {result.Said}"), ""]);
}
