using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Web;

/// <summary>
/// Counts what each network (IPv4 address, IPv6 /64) asks for in a minute. Behind a reverse proxy all come from its address: the limit is
/// then one for all, and the clicks that matter pass it in any case.
/// </summary>
internal sealed class DoorGuard(WebOptions options, TimeProvider time)
{
    /// <summary>The key of the guard at the operator's port: what readers ask for counts not there, nor the other way.</summary>
    public const string Operators = "operators";

    private const int MostNetworks = 50_000;

    private ConcurrentDictionary<IPAddress, int> counts = new();
    private long minute;

    public bool Allows(IPAddress? from)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        // A new minute, or more networks than we want to remember: everybody begins anew.
        if (Interlocked.Exchange(ref minute, now) != now || counts.Count > MostNetworks)
            counts = new ConcurrentDictionary<IPAddress, int>();
        return counts.AddOrUpdate(Network(from ?? IPAddress.None), 1, (_, count) => count + 1) <= options.RequestsPerMinute;
    }

    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
