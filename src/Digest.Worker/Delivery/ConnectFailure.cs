using System.Net.Security;
using System.Net.Sockets;
using Digest.Worker.Delivery.Relays;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Digest.Worker.Delivery;

/// <summary>Says why a relay could not be used, and whether waiting helps.</summary>
internal static class ConnectFailure
{
    /// <param name="certificate">What was wrong with the server's certificate; null: nothing.</param>
    /// <returns>Null for what is not a failure of the relay.</returns>
    public static SendResult.HostFailed? From(Exception failure, RelayHost relay, HostTrouble? certificate, CancellationToken stopping) => failure switch
    {
        OperationCanceledException when stopping.IsCancellationRequested => null,
        _ when certificate is { } trouble => new(trouble, $"{relay}: the TLS certificate was refused: {Cause(failure)}"),
        OperationCanceledException or TimeoutException => new(HostTrouble.Unreachable, $"{relay} did not answer in time"),
        SslHandshakeException => new(HostTrouble.Tls, $"{relay}: the TLS handshake failed: {Cause(failure)}"),
        InjectedAnswerException => new(HostTrouble.Injected, $"{relay}: {failure.Message}"),
        // MailKit's word both for a server without STARTTLS and, once connected, for one without AUTH.
        NotSupportedException e when e.Message.Contains("authentication", StringComparison.OrdinalIgnoreCase) => new(HostTrouble.NoLogin, $"{relay} takes no login on this connection"),
        NotSupportedException e => new(HostTrouble.NoTls, $"{relay}: {e.Message} Nothing was sent in clear."),
        AuthenticationException e => new(e.Message.StartsWith('4') ? HostTrouble.Unreachable : HostTrouble.Login, $"{relay}: the user name or password was refused: {e.Message}"),
        SmtpCommandException e => new((int)e.StatusCode >= 500 ? HostTrouble.Refuses : HostTrouble.Unreachable, $"{relay}: {(int)e.StatusCode} {e.Message}"),
        SocketException or IOException or ProtocolException or ServiceNotConnectedException => new(HostTrouble.Unreachable, $"{relay}: {failure.Message}"),
        _ => null,
    };

    /// <summary>What is wrong with a certificate; null: nothing. One that is expired and for another name too is called by its name.</summary>
    public static HostTrouble? Judge(SslPolicyErrors errors, System.Security.Cryptography.X509Certificates.X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
            return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return HostTrouble.CertificateName;
        return chain is not null && chain.ChainStatus.Any(status => status.Status.HasFlag(System.Security.Cryptography.X509Certificates.X509ChainStatusFlags.NotTimeValid))
            ? HostTrouble.CertificateExpired
            : HostTrouble.CertificateUntrusted;
    }

    private static string Cause(Exception failure) => (failure.InnerException ?? failure).Message.ReplaceLineEndings(" ");
}
