using Digest.Worker.Delivery.Relays;

namespace Digest.Worker.Delivery;

/// <summary>Hands mails to an SMTP relay over a few connections.</summary>
internal sealed class SmtpTransport(RelayHost relay, SmtpOptions options, SenderOptions sender, TimeProvider time) : ITransport
{
    private readonly FinalAnswers answers = new(time);

    public string Name => relay.ToString();

    public int Connections => options.Connections;

    public int Weight => options.Weight;

    public ITransportSession Open() => new SmtpSession(relay, MailDomain.ToAscii(sender.Domain), answers, time);
}
