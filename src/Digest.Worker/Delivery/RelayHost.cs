using System.Net;
using MailKit.Security;

namespace Digest.Worker.Delivery;

/// <summary>A relay and how to reach it.</summary>
internal sealed record RelayHost(string Host, int Port, SmtpSecurity Security, NetworkCredential? Credential)
{
    public SecureSocketOptions SocketOptions => Security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };

    public override string ToString() => $"{Host}:{Port}";
}
