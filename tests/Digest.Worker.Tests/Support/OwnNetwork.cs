using System.Diagnostics;
using System.Net;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A network of its own for one process (Linux's network namespaces), tied to ours by two cables: one to the database, which can be pulled, and one to the
/// mail server. Only root may lay them.
/// </summary>
internal sealed class OwnNetwork : IDisposable
{
    private readonly string name = $"digest{Environment.ProcessId}";

    private OwnNetwork()
    {
        // Addresses for trying networks out, which nobody has (RFC 2544, appendix C.2.2).
        var number = Environment.ProcessId % 256;
        (Database, Mail) = (IPAddress.Parse($"198.18.{number}.1"), IPAddress.Parse($"198.18.{number}.5"));
    }

    /// <summary>Our end of the cable that can be pulled.</summary>
    public IPAddress Database { get; }

    /// <summary>Our end of the other.</summary>
    public IPAddress Mail { get; }

    /// <summary>What runs a program in it.</summary>
    public IReadOnlyList<string> Command => ["ip", "netns", "exec", name];

    private string DatabaseCable => $"dgd{Environment.ProcessId}";

    private string MailCable => $"dgm{Environment.ProcessId}";

    /// <returns>Null where none can be made; then it says so.</returns>
    public static OwnNetwork? TryMake()
    {
        var network = new OwnNetwork();
        if (Environment.UserName == "root" && Run("netns", "add", network.name)
            && network.Lay(network.DatabaseCable, "db", network.Database) && network.Lay(network.MailCable, "mail", network.Mail))
            return network;
        Console.WriteLine("SKIPPED: a network of its own can be made by root only, with the program ip and where the kernel has veth.");
        network.Dispose();
        return null;
    }

    /// <summary>Pulls the database's cable: nobody is told, nothing passes either way.</summary>
    public void Cut() => Must("link", "set", DatabaseCable, "down");

    public void Mend() => Must("link", "set", DatabaseCable, "up");

    public void Dispose()
    {
        // Its cables go with it.
        Run("netns", "del", name);
    }

    private bool Lay(string ours, string theirs, IPAddress address) =>
        Run("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        && Run("addr", "add", $"{address}/30", "dev", ours) && Run("link", "set", ours, "up")
        && Run("-n", name, "addr", "add", $"{Other(address)}/30", "dev", theirs) && Run("-n", name, "link", "set", theirs, "up") && Run("-n", name, "link", "set", "lo", "up");

    /// <summary>The other end of the cable.</summary>
    private static IPAddress Other(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[3]++;
        return new IPAddress(octets);
    }

    private static void Must(params string[] arguments)
    {
        if (!Run(arguments))
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} failed.");
    }

    private static bool Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is not installed.
            return false;
        }
    }
}
