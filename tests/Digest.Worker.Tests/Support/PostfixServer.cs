using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A real Postfix on a free loopback port, with a folder, queue and configuration of its own, that delivers every address into one Maildir.
/// Needs the package postfix and root.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable, INeeded
{
    private const string Binary = "/usr/sbin/postfix";
    private const int MailUser = 8;

    private readonly string folder;

    private PostfixServer(string folder, int port) => (this.folder, Port) = (folder, port);

    public int Port { get; }

    public static string? Missing => File.Exists(Binary) && Environment.UserName == "root" ? null : "Postfix is not installed (Debian: apt-get install postfix), or this is not root.";

    /// <param name="maildir">Owned by the user mail.</param>
    public static async Task<PostfixServer> StartAsync(string maildir)
    {
        var folder = Directory.CreateTempSubdirectory("digest-postfix-").FullName;
        foreach (var name in new[] { "etc", "queue", "data" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        var port = Ports.Free();
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "main.cf"), MainCf(folder, maildir));
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "master.cf"), Master(port));
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "boxes"), $"/^/ {Path.GetFileName(maildir)}/\n");
        await RunAsync("sh", "-c", $"chmod 755 {folder}; chown postfix {folder}/data");
        await RunAsync(Binary, "-c", Path.Combine(folder, "etc"), "start");
        for (var attempt = 0; attempt < 1_200; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new PostfixServer(folder, port);
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
        throw new InvalidOperationException($"Postfix did not come up: {(File.Exists($"{folder}/maillog") ? await File.ReadAllTextAsync($"{folder}/maillog") : "no log")}");
    }

    public Dictionary<string, string?> Settings(int connections) => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{Port}",
        ["Smtp:Connections"] = $"{connections}",
    };

    public async ValueTask DisposeAsync()
    {
        await RunAsync(Binary, "-c", Path.Combine(folder, "etc"), "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static string MainCf(string folder, string maildir) =>
        $$"""
        compatibility_level = 3.6
        queue_directory = {{folder}}/queue
        data_directory = {{folder}}/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        mail_owner = postfix
        setgid_group = postdrop
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mta.readers.example.net
        mydestination =
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        virtual_mailbox_domains = readers.example.net
        virtual_mailbox_base = {{Path.GetDirectoryName(maildir)}}
        virtual_mailbox_maps = regexp:{{folder}}/etc/boxes
        virtual_uid_maps = static:{{MailUser}}
        virtual_gid_maps = static:{{MailUser}}
        virtual_minimum_uid = 1
        default_transport = error:5.1.2 no delivery outside of the test
        alias_maps =
        alias_database =
        maillog_file_prefixes = {{folder}}
        maillog_file = {{folder}}/maillog
        """ + "\n";

    private static string Master(int port) =>
        $"""
        127.0.0.1:{port} inet n - n - - smtpd
        postlog unix-dgram n - n - 1 postlogd
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        """ + "\n";

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
    }
}
