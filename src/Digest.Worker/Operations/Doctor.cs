using Digest.Worker.Alerts;
using Digest.Worker.Health;
using Digest.Worker.Health.Checks;
using Digest.Worker.Settings;
using Digest.Worker.Web;

namespace Digest.Worker.Operations;

/// <summary>Looks at everything that the service needs, from the inside and from the outside, and goes on where something is missing.</summary>
internal sealed class Doctor(IEnumerable<ICheck> checks, IntegrityCheck integrity, OutsideCheck outside, PublicAddress site, Lazy<DoorProbe> door, AlertsOptions alerts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="usable">False where the installation's own database or key cannot be used: what needs them is left out.</param>
    public async IAsyncEnumerable<CheckResult> LookAsync(bool usable, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in checks)
            foreach (var result in await CheckRun.WithinAsync(check, Patience, cancellationToken))
                yield return result;
        if (usable)
            yield return await integrity.RunAsync(cancellationToken);
        foreach (var result in await outside.LookAsync(cancellationToken))
            yield return result;
        if (usable)
            yield return await DoorAsync(cancellationToken);
        yield return alerts.Recipients.Count > 0
            ? CheckResult.Ok("alerts", $"Alarms are mailed to {string.Join(", ", alerts.Recipients)}.")
            : CheckResult.Skipped("alerts", "Alerts:To is not set: alarms stand in the log and at /admin alone.");
    }

    private async Task<CheckResult> DoorAsync(CancellationToken cancellationToken)
    {
        if (site.Url is not { } url)
            return CheckResult.Skipped("one-click", "Web:PublicUrl is not set: mails carry no link of ours, and readers unsubscribe by mail.");
        if (await door.Value.ClickAsync(url, cancellationToken) is { } why)
            return new CheckResult("one-click", CheckState.Failure, $"A one-click unsubscribe at {url} does not come to this installation.")
            { Detail = why, Remedy = "The service must run, and the reverse proxy must hand POST /u/... on to Web:Urls. Mail providers require it." };
        return url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            ? CheckResult.Ok("one-click", $"A one-click unsubscribe at {url} comes to this installation.")
            : new CheckResult("one-click", CheckState.Warning, $"{url} comes to this installation, but mails carry no one-click unsubscribe: it must be https (RFC 8058).")
            { Remedy = "Put a reverse proxy with https in front, and its address into Web:PublicUrl. Until then readers unsubscribe by mail." };
    }
}
