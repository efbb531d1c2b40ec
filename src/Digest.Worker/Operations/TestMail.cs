using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Operations;

/// <summary>A mail of the doctor's, through the outbox as an alarm would go; what became of it.</summary>
internal sealed class TestMail(OutboxStore outbox, OutboxReportStore report, Database database, DeliveryRun delivery, DeliveryOptions options, StorageOptions storage, IConfiguration configuration, TimeProvider time)
{
    private const string Key = "mail";

    /// <summary>A running service takes it from the queue before us, or alone may send where limits are set: it looks once a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public async Task<CheckResult> SendAsync(string recipient, CancellationToken cancellationToken)
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
        var run = await delivery.RunAsync(cancellationToken);
        var begun = time.GetTimestamp();
        while (true)
        {
            var mail = (await report.FindAsync(key, cancellationToken))!;
            var state = OutboxStates.Parse(mail.State);
            // Where the relay fails us, it fails the service too.
            var waits = state is OutboxState.Queued or OutboxState.Claimed or OutboxState.InDoubt && (run.Stopped is null || run.IsLeftToAnother) && time.GetElapsedTime(begun) < Patience;
            if (!waits)
                return Found(recipient, state, mail.Answer, run);
            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    private CheckResult Found(string recipient, OutboxState state, string? answer, DeliveryReport run) => state switch
    {
        OutboxState.Sent when !DeliverySetup.UsesSmtp(options, DeliverySettings.Smtp(configuration)) =>
            CheckResult.Skipped(Key, $"The test mail lies in {PickupTransport.PathOf(options, storage)} and goes no further: Smtp:Host is not set."),
        OutboxState.Sent => CheckResult.Ok(Key, $"A test mail is on its way to {recipient}.") with { Detail = answer is null ? null : $"The relay said: {answer}" },
        OutboxState.Deferred => new CheckResult(Key, CheckState.Warning, "The test mail was put off.") { Detail = answer, Remedy = "Read what the server says; it is tried again by itself ('deliveries status')." },
        OutboxState.Bounced => new CheckResult(Key, CheckState.Failure, "The test mail was refused.") { Detail = answer, Remedy = "Read what the server says: of the address, of Sender:From, or of us." },
        _ => new CheckResult(Key, CheckState.Failure, "The test mail could not be sent.")
        {
            Detail = run.Stopped ?? (run.LimitedUntil is null ? "It still waits in the queue." : $"{run}."),
            Remedy = "Look at the line about the relay. It waits in the queue and goes out by itself ('deliveries status').",
        },
    };
}
