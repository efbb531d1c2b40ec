using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A network of its own for one process (Linux's network namespaces), tied to ours by two cables: one to the database, which can be pulled, and one to the
/// mail server. Only root may lay them.
/// </summary>
internal sealed class OwnNetwork : IAsyncDisposable
{
    private const string Prefix = "digest";
    private const string Namespaces = "/run/netns";

    private readonly string name = $"{Prefix}{Environment.ProcessId}";
    private readonly string cableToDatabase = $"dgd{Environment.ProcessId}";
    private readonly string cableToMail = $"dgm{Environment.ProcessId}";

    private OwnNetwork()
    {
        // Eight of the addresses for trying networks out, which nobody has (198.18.0.0/15, RFC 2544, appendix C.2.2).
        var first = Environment.ProcessId * 8 % (1 << 17);
        (Database, Mail) = (Address(first + 1), Address(first + 5));
    }

    /// <summary>Our end of the cable that can be pulled.</summary>
    public IPAddress Database { get; }

    /// <summary>Our end of the other.</summary>
    public IPAddress Mail { get; }

    /// <summary>What runs a program in it.</summary>
    public IReadOnlyList<string> Command => ["ip", "netns", "exec", name];

    /// <returns>Null where none can be made; then it says so.</returns>
    public static async Task<OwnNetwork?> TryMakeAsync()
    {
        if (Environment.UserName == "root")
        {
            await SweepAsync();
            var network = new OwnNetwork();
            if (await network.LayAsync() && await network.ReachesAsync(network.Database) && await network.ReachesAsync(network.Mail))
                return network;
            await network.DisposeAsync();
        }
        Console.WriteLine("SKIPPED: a network of its own can be made by root only, with the program ip, where the kernel has veth and no firewall is between.");
        return null;
    }

    /// <summary>Pulls the database's cable: nobody is told, nothing passes either way.</summary>
    public Task CutAsync() => MustAsync("link", "set", cableToDatabase, "down");

    public Task MendAsync() => MustAsync("link", "set", cableToDatabase, "up");

    public async ValueTask DisposeAsync()
    {
        // Its cables go with it.
        await RunAsync("ip", "netns", "del", name);
        await RunAsync("ip", "route", "del", "blackhole", $"{Net(Database)}", "metric", "4000");
    }

    /// <summary>Removes what killed runs left behind.</summary>
    private static async Task SweepAsync()
    {
        if (!Directory.Exists(Namespaces))
            return;
        foreach (var left in Directory.EnumerateFiles(Namespaces, $"{Prefix}*").Select(path => Path.GetFileName(path)))
        {
            if (!int.TryParse(left[Prefix.Length..], CultureInfo.InvariantCulture, out var process) || process != Environment.ProcessId && Directory.Exists($"/proc/{process}"))
                continue;
            await RunAsync("bash", "-c", $"ip netns pids {left} | xargs -r kill -9");
            await RunAsync("ip", "netns", "del", left);
        }
    }

    private async Task<bool> LayAsync() =>
        await RunAsync("ip", "netns", "add", name) && await RunAsync("ip", "-n", name, "link", "set", "lo", "up")
        && await LayAsync(cableToDatabase, "db", Database) && await LayAsync(cableToMail, "mail", Mail)
        // With its cable the way to it is gone, and what is still said to it would leave this machine by another.
        && await RunAsync("ip", "route", "replace", "blackhole", $"{Net(Database)}", "metric", "4000");

    private async Task<bool> LayAsync(string ours, string theirs, IPAddress address) =>
        await RunAsync("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        && await RunAsync("ip", "addr", "add", $"{address}/30", "dev", ours) && await RunAsync("ip", "link", "set", ours, "up")
        && await RunAsync("ip", "-n", name, "addr", "add", $"{Next(address, 1)}/30", "dev", theirs) && await RunAsync("ip", "-n", name, "link", "set", theirs, "up");

    private async Task<bool> ReachesAsync(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return await RunAsync("ip", "netns", "exec", name, "timeout", "5", "bash", "-c", $"</dev/tcp/{address}/{((IPEndPoint)listener.LocalEndpoint).Port}");
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

    private static async Task MustAsync(params string[] arguments)
    {
        if (!await RunAsync("ip", arguments))
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} failed.");
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is not installed.
            return false;
        }
    }
}
