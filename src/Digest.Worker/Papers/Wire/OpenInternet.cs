using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Papers.Wire;

/// <summary>Connects to public addresses alone. The addresses checked are the ones connected to, so a name that resolves differently later gains nothing.</summary>
internal static class OpenInternet
{
    /// <exception cref="InnerAddressException">The name stands for no public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (found.Length == 0 || found.Any(InnerAddress.Is))
            throw new InnerAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A redirect led to an address inside our own network.</summary>
internal sealed class InnerAddressException(string host) : IOException($"the redirect to {host} leads to an address that is not public");
