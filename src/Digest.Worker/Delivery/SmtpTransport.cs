namespace Digest.Worker.Delivery;

/// <summary>Hands mails to an SMTP relay over a few connections.</summary>
internal sealed class SmtpTransport(RelayHost relay, SmtpOptions options, SenderOptions sender, TimeProvider time) : ITransport
{
    public int Connections => options.Connections;

    public ITransportSession Open() => new SmtpSession(relay, MailDomain.ToAscii(sender.Domain), time);
}
