using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Health.Checks;
using Digest.Worker.Outbox;
using Digest.Worker.Settings;
using Digest.Worker.Storage;
using Digest.Worker.Web;

namespace Digest.Worker.Operations;

/// <summary>Looks at everything that the service needs, from the inside and from the outside, and goes on where something is missing.</summary>
internal sealed class Doctor(
    IEnumerable<ICheck> checks, IntegrityCheck integrity, OutsideCheck outside, PublicAddress site, Lazy<DoorProbe> door, OutboxStore outbox, Database database, Lazy<DeliveryRun> delivery, TimeProvider time)
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
    }

    /// <summary>Sends a mail through the outbox, as an alarm would go.</summary>
    public async Task<CheckResult> MailAsync(string recipient, CancellationToken cancellationToken)
    {
        var key = $"doctor/{time.GetUtcNow().ToUnixTimeMilliseconds()}";
        await database.WriteAsync(transaction => outbox.AddAsync(transaction, new OutboxMail
        {
            Key = key,
            Kind = MailKind.Alarm,
            Recipient = recipient,
            Payload = new LetterPayload { Lines = ["A test mail of the doctor.", "It came the way that alarms come. Nothing is to be done."] }.ToJson(),
            CreatedAt = time.GetUtcNow(),
        }), cancellationToken);
        var report = await delivery.Value.RunAsync(cancellationToken);
        return report.Stopped is null && report.Sent > 0
            ? CheckResult.Ok("mail", $"A test mail is on its way ({report}).")
            : new CheckResult("mail", CheckState.Failure, "The test mail could not be sent.") { Detail = $"{report}", Remedy = "Look at the lines about the relay, and at 'deliveries status'." };
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
