using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// Ports for servers of the tests. Not those that the system itself gives out (on Linux from 32768 on): between asking and listening, a
/// connection of another test may have got the same.
/// </summary>
internal static class Ports
{
    private const int First = 10_000;
    private const int Count = 20_000;

    // Two runs at once, one on each engine, begin at different places.
    private static int next = Environment.ProcessId * 97 % Count;

    /// <summary>A port that nobody listens on, and that is given out once.</summary>
    public static int Free()
    {
        using var listener = Listen();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Listens on such a port. Who stops listening finds it free when it comes back, and meanwhile nobody else's server is there.</summary>
    public static TcpListener Listen()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, First + ((Interlocked.Increment(ref next) & int.MaxValue) % Count));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                // Taken: the next one.
                listener.Dispose();
            }
        }
    }
}
