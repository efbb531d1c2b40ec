namespace Digest.Worker.Health;

/// <summary>
/// Whether the service can do its work now. Asked often by supervisors, so an answer holds for a few seconds, counted from when its checks began, and
/// who asks while they run gets what they find. A trouble that begins just after a check has looked is told by the next round at the latest: after
/// one round or <see cref="Holds"/>, whichever is longer, and one more round; with <see cref="Patience"/> as the end of each that is eight seconds.
/// </summary>
internal sealed class Readiness(IEnumerable<ICheck> checks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim one = new(1, 1);
    private volatile ReadinessReport? last;

    public async Task<ReadinessReport> AskAsync(CancellationToken cancellationToken)
    {
        var before = last;
        await one.WaitAsync(cancellationToken);
        try
        {
            // Another asker's round ended meanwhile: many who ask at once do not wait for a round each.
            if (last is { } known && (!ReferenceEquals(known, before) || IsFresh(known)))
                return known;
            var begun = time.GetUtcNow();
            var results = await Task.WhenAll(checks.Where(check => check.IsVital).Select(check => CheckRun.WithinAsync(check, Patience, cancellationToken)));
            return last = new ReadinessReport(begun, [.. results.SelectMany(result => result)]);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private bool IsFresh(ReadinessReport report) => time.GetUtcNow() - report.At is var age && age >= TimeSpan.Zero && age < Holds;
}

/// <param name="At">When the checks began.</param>
internal sealed record ReadinessReport(DateTimeOffset At, IReadOnlyList<CheckResult> Results)
{
    public bool Ready => Results.All(result => result.State != CheckState.Failure);

    public override string ToString() => string.Join('\n', [Ready ? "ready" : "not ready", .. Results.Select(result => $"{result.State.ToString().ToLowerInvariant(),-8} {result.Key}: {result.Said}"), ""]);
}
