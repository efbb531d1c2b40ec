using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Digest.Worker.Tests.Support;

/// <summary>
/// A real mail host on free loopback ports: Postfix takes mail for <c>digest.test</c>, Dovecot keeps it and gives it out over TLS. The users named exist
/// (password <c>secret</c>); what goes to names that begin with <c>late</c> is taken and comes back as a delivery status notification.
/// Needs root, and the packages postfix, dovecot-imapd, and openssl; no configuration of the machine is touched.
/// </summary>
internal sealed class MailHost : IAsyncDisposable, INeeded
{
    private const string User = "mail";
    private readonly string folder;

    private MailHost(string folder, int smtp, int imaps) => (this.folder, Smtp, Imaps) = (folder, smtp, imaps);

    public int Smtp { get; }

    public int Imaps { get; }

    /// <summary>The certificate for <c>localhost</c>, signed by itself.</summary>
    public string Certificate => Path.Combine(folder, "cert.pem");

    public static string? Missing => PostfixServer.Missing ?? DovecotServer.Missing ?? (File.Exists("/usr/bin/openssl") ? null : "openssl is not installed (Debian: apt-get install openssl).");

    public static async Task<MailHost> StartAsync(IEnumerable<string> users)
    {
        var folder = Directory.CreateTempSubdirectory("digest-mailhost-").FullName;
        var host = new MailHost(folder, Ports.Free(), Ports.Free());
        foreach (var name in new[] { "etc", "queue", "data", "mail", "run", "state" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        var (uid, gid) = (await RunAsync("id", "-u", User), await RunAsync("id", "-g", User));
        await RunAsync("sh", "-c", $"chmod 755 {folder} && chown postfix {folder}/data && chown {User}:{User} {folder}/mail");
        await RunAsync("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", $"{folder}/key.pem", "-out", $"{folder}/cert.pem");
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "main.cf"), Postfix(folder, uid, gid));
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "users"), string.Concat(users.Select(user => $"{user}@digest.test {user}/Maildir/\n")));
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "transport"), "/^late/ late:\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "nouser"), "#!/bin/sh\ncat >/dev/null; echo 'no such user here'; exit 67\n");
        await RunAsync("chmod", "755", $"{folder}/etc/nouser");
        await File.WriteAllTextAsync(Path.Combine(folder, "etc", "master.cf"), Services(folder, host.Smtp));
        await File.WriteAllTextAsync(Path.Combine(folder, "dovecot.conf"), Dovecot(folder, host.Imaps, uid, gid));
        // Daemons keep what they are given: an output that is read to its end would never end.
        await RunAsync("sh", "-c", $"postfix -c {folder}/etc start >/dev/null 2>&1; dovecot -c {folder}/dovecot.conf >/dev/null 2>&1");
        await host.WaitAsync();
        return host;
    }

    /// <summary>The last lines of Postfix's log.</summary>
    public string Log => string.Join('\n', File.ReadLines(Path.Combine(folder, "maillog")).TakeLast(12));

    /// <summary>The mails in a user's inbox, as files.</summary>
    public IReadOnlyList<string> Inbox(string user)
    {
        var inbox = Path.Combine(folder, "mail", user, "Maildir");
        return [.. new[] { "new", "cur" }.Select(name => Path.Combine(inbox, name)).Where(Directory.Exists).SelectMany(Directory.GetFiles)];
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("sh", "-c", $"dovecot -c {folder}/dovecot.conf stop >/dev/null 2>&1; postfix -c {folder}/etc stop >/dev/null 2>&1");
        Directory.Delete(folder, recursive: true);
    }

    private static string Postfix(string folder, string uid, string gid) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {folder}/queue
        data_directory = {folder}/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        mail_owner = postfix
        setgid_group = postdrop
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mta.digest.test
        mydestination =
        mynetworks = 127.0.0.0/8
        local_recipient_maps =
        recipient_delimiter = +
        virtual_mailbox_domains = digest.test
        virtual_mailbox_base = {folder}/mail
        virtual_mailbox_maps = texthash:{folder}/etc/users
        virtual_uid_maps = static:{uid}
        virtual_gid_maps = static:{gid}
        virtual_minimum_uid = 1
        virtual_transport = virtual
        transport_maps = regexp:{folder}/etc/transport
        late_destination_recipient_limit = 1
        smtpd_recipient_restrictions = permit_mynetworks, reject
        default_transport = error:5.1.2 no way out of here
        maillog_file_prefixes = {folder}
        maillog_file = {folder}/maillog
        smtpd_client_connection_count_limit = 0
        alias_maps =
        alias_database =

        """;

    /// <summary>The distribution's own services, with our port and without a chroot.</summary>
    private static string Services(string folder, int port)
    {
        var lines = File.ReadLines("/usr/share/postfix/master.cf.dist").Where(line => !line.StartsWith('#') && line.Length > 0).Select(line =>
        {
            if (line.StartsWith("smtp ", StringComparison.Ordinal) && line.Contains("inet", StringComparison.Ordinal))
                return $"127.0.0.1:{port} inet n - n - - smtpd";
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] is ' ' or '\t' || fields.Length < 8)
                return line;
            fields[4] = "n";
            return string.Join(' ', fields);
        });
        return string.Join('\n', lines) + $"\nlate unix - n n - - pipe user={User} argv={folder}/etc/nouser\n";
    }

    private static string Dovecot(string folder, int imaps, string uid, string gid) =>
        $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/dovecot.log
        protocols = imap
        listen = 127.0.0.1
        ssl = required
        ssl_cert = <{{folder}}/cert.pem
        ssl_key = <{{folder}}/key.pem
        mail_location = maildir:{{folder}}/mail/%n/Maildir
        first_valid_uid = 1
        default_internal_user = dovecot
        default_login_user = dovenull
        default_process_limit = 200
        passdb {
          driver = static
          args = password=secret
        }
        userdb {
          driver = static
          args = uid={{uid}} gid={{gid}} home={{folder}}/mail/%n allow_all_users=yes
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = 0
          }
          inet_listener imaps {
            port = {{imaps}}
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }

        """;

    private async Task WaitAsync()
    {
        foreach (var port in new[] { Smtp, Imaps })
        {
            for (var i = 0; ; i++)
            {
                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync(IPAddress.Loopback, port);
                    break;
                }
                catch (SocketException) when (i < 1_200)
                {
                    await Task.Delay(50);
                }
            }
        }
    }

    private static async Task<string> RunAsync(string file, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        _ = await error;
        return (await output).Trim();
    }
}
