using Digest.Worker.Alerts;

namespace Digest.Worker.Health;

/// <summary>Runs the checks from time to time and tells the operator what they find, once until it changes.</summary>
internal sealed class Watch(IEnumerable<ICheck> checks, Alarms alarms, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RarelyAsked = TimeSpan.FromHours(1);

    private DateTimeOffset? askedAll;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What others hold for us changes slowly, and their servers are not ours to ask every minute.
        var all = askedAll is null || now - askedAll >= RarelyAsked;
        askedAll = all ? now : askedAll;
        var results = (await Task.WhenAll(checks.Where(check => all || !check.IsRare).Select(check => CheckRun.WithinAsync(check, Patience, cancellationToken)))).SelectMany(found => found).ToList();
        foreach (var result in results.Where(result => !result.IsToldElsewhere))
            await alarms.SetAsync(result.Key, Alarm(result), cancellationToken);
    }

    private static Alarm? Alarm(CheckResult result) => result is { State: CheckState.Warning or CheckState.Failure, ToldAfter: { } after }
        ? new Alarm(result.Key, result.Said, result.Remedy) { Detail = result.Detail, After = after }
        : null;
}
