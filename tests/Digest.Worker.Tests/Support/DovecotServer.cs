using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A real Dovecot on a free loopback port, with a folder of its own: user <c>digest</c>, password <c>secret</c>, mails in <see cref="Maildir"/>.
/// Needs the package dovecot-imapd; no service manager and no configuration of the machine is touched.
/// </summary>
internal sealed class DovecotServer : IAsyncDisposable, INeeded
{
    private const string Binary = "/usr/sbin/dovecot";
    private readonly Process process;
    private readonly string folder;

    private DovecotServer(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public string Maildir => Path.Combine(folder, "mail", "digest");

    public static string? Missing => File.Exists(Binary) ? null : "Dovecot is not installed (Debian: apt-get install dovecot-imapd).";

    public static async Task<DovecotServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("digest-dovecot-").FullName;
        var port = Ports.Free();
        var user = Environment.UserName == "root" ? "mail" : Environment.UserName;
        foreach (var name in new[] { "mail/digest/new", "mail/digest/cur", "mail/digest/tmp", "run", "state" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        await File.WriteAllTextAsync(Path.Combine(folder, "dovecot.conf"), Configuration(folder, port, user));
        if (Environment.UserName == "root")
            await RunAsync("sh", "-c", $"chmod 755 {folder} && chown -R mail:mail {folder}/mail");
        var process = Process.Start(new ProcessStartInfo(Binary, ["-F", "-c", Path.Combine(folder, "dovecot.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var server = new DovecotServer(process, folder, port);
        await server.WaitAsync();
        return server;
    }

    /// <summary>Puts a mail into the inbox as a delivery agent would.</summary>
    public async Task DeliverAsync(string name, string mail)
    {
        var temporary = Path.Combine(Maildir, "tmp", name);
        await File.WriteAllTextAsync(temporary, mail);
        if (Environment.UserName == "root")
            await RunAsync("chown", "mail:mail", temporary);
        File.Move(temporary, Path.Combine(Maildir, "new", name));
    }

    /// <summary>Makes the server give the mails new numbers, as after a restore.</summary>
    public async Task ForgetUidsAsync()
    {
        foreach (var file in Directory.GetFiles(Maildir, "dovecot*"))
            File.Delete(file);
        var list = Path.Combine(Maildir, "dovecot-uidlist");
        await File.WriteAllTextAsync(list, "3 V4711 N1\n");
        if (Environment.UserName == "root")
            await RunAsync("chown", "mail:mail", list);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(Binary, "-c", Path.Combine(folder, "dovecot.conf"), "stop");
        using (process)
        {
            if (!process.WaitForExit(5000))
                process.Kill(entireProcessTree: true);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string Configuration(string folder, int port, string user) =>
        $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/dovecot.log
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        mail_location = maildir:{{folder}}/mail/%n
        first_valid_uid = 1
        default_internal_user = {{(user == "mail" ? "dovecot" : user)}}
        default_internal_group = {{(user == "mail" ? "dovecot" : user)}}
        default_login_user = {{(user == "mail" ? "dovenull" : user)}}
        passdb {
          driver = static
          args = password=secret
        }
        userdb {
          driver = static
          args = uid={{user}} gid={{user}} home={{folder}}/mail/%n allow_all_users=yes
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
        }
        """;

    private async Task WaitAsync()
    {
        for (var i = 0; i < 1_200; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(50);
            }
        }
        var log = Path.Combine(folder, "dovecot.log");
        throw new InvalidOperationException($"Dovecot did not start: {(File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log")}");
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await run.WaitForExitAsync();
    }
}
