using System.Net;
using MailKit.Security;

namespace Digest.Worker.Delivery;

/// <summary>A relay and how to reach it.</summary>
/// <param name="Credential">Asked at each connection, so that a renewed secret is used without a restart; null from it: no login.</param>
internal sealed record RelayHost(string Host, int Port, SmtpSecurity Security, Func<NetworkCredential?> Credential)
{
    public SecureSocketOptions SocketOptions => Security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };

    public override string ToString() => $"{Host}:{Port}";
}
