using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// How many sign-ups an hour: from one network (IPv4 address, IPv6 /64) and in all. A private network is that of our own proxy, behind
/// which everybody comes: only the limit for all holds there.
/// </summary>
internal sealed class SignUpLimits(TimeProvider time)
{
    public const int PerNetwork = 10;
    public const int InAll = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> networks = [];
    private long hour;
    private int all;

    public bool Allows(IPAddress? from)
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds() / 3600;
            if (now != hour)
            {
                (hour, all) = (now, 0);
                networks.Clear();
            }
            if (all >= InAll)
                return false;
            if (from is not null && !IsPrivate(from))
            {
                var network = Network(from);
                if (networks.GetValueOrDefault(network) >= PerNetwork)
                    return false;
                networks[network] = networks.GetValueOrDefault(network) + 1;
            }
            all++;
            return true;
        }
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
            return true;
        return address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [10, ..] or [192, 168, ..] or [172, >= 16 and < 32, ..];
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
