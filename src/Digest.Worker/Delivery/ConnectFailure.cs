using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Digest.Worker.Delivery;

/// <summary>Says why a relay could not be used, and whether waiting helps.</summary>
internal static class ConnectFailure
{
    /// <returns>Null for what is not a failure of the relay.</returns>
    public static SendResult.HostFailed? From(Exception failure, RelayHost relay, CancellationToken stopping) => failure switch
    {
        OperationCanceledException when stopping.IsCancellationRequested => null,
        OperationCanceledException or TimeoutException => new($"{relay} did not answer in time", NeedsOperator: false),
        SslHandshakeException e => new($"{relay}: the TLS certificate or handshake was refused: {Cause(e)}", NeedsOperator: true),
        NotSupportedException e => new($"{relay}: {e.Message} Nothing was sent in clear.", NeedsOperator: true),
        AuthenticationException e => new($"{relay}: the user name or password was refused: {e.Message}", !e.Message.StartsWith('4')),
        SmtpCommandException e => new($"{relay}: {(int)e.StatusCode} {e.Message}", (int)e.StatusCode >= 500),
        SocketException or IOException or ProtocolException or ServiceNotConnectedException => new($"{relay}: {failure.Message}", NeedsOperator: false),
        _ => null,
    };

    private static string Cause(SslHandshakeException e) => (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
}
