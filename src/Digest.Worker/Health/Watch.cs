using Digest.Worker.Alerts;

namespace Digest.Worker.Health;

/// <summary>Runs the checks from time to time and tells the operator what they find, once until it changes.</summary>
internal sealed class Watch(IEnumerable<ICheck> checks, Alarms alarms)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var results = (await Task.WhenAll(checks.Select(check => CheckRun.WithinAsync(check, Patience, cancellationToken)))).SelectMany(found => found).ToList();
        foreach (var result in results.Where(result => !result.IsToldElsewhere))
            await alarms.SetAsync(result.Key, Alarm(result), cancellationToken);
    }

    private static Alarm? Alarm(CheckResult result) => result is { State: CheckState.Warning or CheckState.Failure, ToldAfter: { } after }
        ? new Alarm(result.Key, result.Said, result.Remedy) { Detail = result.Detail, After = after }
        : null;
}
