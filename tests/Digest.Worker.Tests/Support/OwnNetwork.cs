using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A network of its own for one process (Linux's network namespaces), tied to ours by two cables: one to the database, which can be pulled, and one to the
/// mail server. Only root may lay them.
/// </summary>
internal sealed class OwnNetwork : IDisposable, INeeded
{
    private const string Prefix = "digest";
    private const string DatabasePrefix = "dgd";
    private const string MailPrefix = "dgm";
    private const string Namespaces = "/run/netns";

    private static readonly Lazy<bool> CanBeHad = new(() =>
    {
        Sweep();
        using var network = TryMake();
        return network is not null;
    });

    private readonly string name = $"{Prefix}{Environment.ProcessId}";
    private readonly string cableToDatabase = $"{DatabasePrefix}{Environment.ProcessId}";
    private readonly string cableToMail = $"{MailPrefix}{Environment.ProcessId}";

    private OwnNetwork()
    {
        // Eight of the addresses for trying networks out, which nobody has (198.18.0.0/15, RFC 2544, appendix C.2.2).
        var first = Environment.ProcessId * 8 % (1 << 17);
        (Database, Mail) = (Address(first + 1), Address(first + 5));
    }

    public static string? Missing => CanBeHad.Value ? null : "A network of its own can be made by root only, with the program ip (Debian: apt-get install iproute2), where the kernel has veth and no firewall is between.";

    /// <summary>Our end of the cable that can be pulled.</summary>
    public IPAddress Database { get; }

    /// <summary>Our end of the other.</summary>
    public IPAddress Mail { get; }

    /// <summary>What runs a program in it.</summary>
    public IReadOnlyList<string> Entrance => ["ip", "netns", "exec", name];

    public static OwnNetwork Make() => TryMake() ?? throw new InvalidOperationException("The network could not be made.");

    private static OwnNetwork? TryMake()
    {
        if (Environment.UserName != "root")
            return null;
        var network = new OwnNetwork();
        if (network.Lay() && network.Reaches(network.Database) && network.Reaches(network.Mail))
            return network;
        network.Dispose();
        return null;
    }

    /// <summary>Pulls the database's cable: nobody is told, nothing passes either way.</summary>
    public void Cut() => Must("link", "set", cableToDatabase, "down");

    public void Mend() => Must("link", "set", cableToDatabase, "up");

    public void Dispose()
    {
        // A namespace goes when the kernel comes round to it; its cables, by their names, at once.
        Ip("link", "del", cableToDatabase);
        Ip("link", "del", cableToMail);
        Ip("netns", "del", name);
        Ip("route", "del", "blackhole", $"{Net(Database)}", "metric", "4000");
    }

    /// <summary>Removes what killed runs left behind.</summary>
    private static void Sweep()
    {
        if (!Directory.Exists(Namespaces))
            return;
        foreach (var left in Directory.EnumerateFiles(Namespaces, $"{Prefix}*").Select(path => Path.GetFileName(path)))
        {
            if (!int.TryParse(left[Prefix.Length..], CultureInfo.InvariantCulture, out var process) || process != Environment.ProcessId && Directory.Exists($"/proc/{process}"))
                continue;
            Command.Succeeds("bash", "-c", $"ip netns pids {left} | xargs -r kill -9");
            Ip("link", "del", $"{DatabasePrefix}{process}");
            Ip("link", "del", $"{MailPrefix}{process}");
            Ip("netns", "del", left);
        }
    }

    private bool Lay() =>
        Ip("netns", "add", name) && Ip("-n", name, "link", "set", "lo", "up")
        && Lay(cableToDatabase, "db", Database) && Lay(cableToMail, "mail", Mail)
        // With its cable the way to it is gone, and what is still said to it would leave this machine by another.
        && Ip("route", "replace", "blackhole", $"{Net(Database)}", "metric", "4000");

    private bool Lay(string ours, string theirs, IPAddress address) =>
        Ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        && Ip("addr", "add", $"{address}/30", "dev", ours) && Ip("link", "set", ours, "up")
        && Ip("-n", name, "addr", "add", $"{Next(address, 1)}/30", "dev", theirs) && Ip("-n", name, "link", "set", theirs, "up");

    private bool Reaches(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return Ip("netns", "exec", name, "timeout", "5", "bash", "-c", $"</dev/tcp/{address}/{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static IPNetwork Net(IPAddress address) => new(Next(address, -1), 30);

    private static IPAddress Address(int number) => new([198, (byte)(18 + (number >> 16)), (byte)(number >> 8), (byte)number]);

    private static IPAddress Next(IPAddress address, int step)
    {
        // Ours is the first of four, so the last octet alone changes.
        var octets = address.GetAddressBytes();
        octets[3] = (byte)(octets[3] + step);
        return new IPAddress(octets);
    }

    private static void Must(params string[] arguments)
    {
        if (!Ip(arguments))
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} failed.");
    }

    private static bool Ip(params string[] arguments) => Command.Succeeds("ip", arguments);
}
