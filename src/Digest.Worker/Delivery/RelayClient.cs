using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Digest.Worker.Delivery;

/// <summary>MailKit's client for messages that are finished: their size is known, they are not formatted again, and failures are reported (DSN, RFC 3461).</summary>
internal sealed class RelayClient : SmtpClient
{
    public RelayClient() => DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly;

    /// <summary>The mail that is being sent.</summary>
    public OutgoingMail? Current { get; set; }

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength) => options.International = false;

    protected override long GetSize(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => Current!.Size;

    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => Task.FromResult(Current!.Size);

    protected override string? GetEnvelopeId(MimeMessage message) => Current!.MessageId;

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        Current!.ReturnPath.Length == 0 ? DeliveryStatusNotification.Never : DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay;
}
