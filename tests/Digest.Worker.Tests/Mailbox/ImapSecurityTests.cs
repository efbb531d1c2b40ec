using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Whom the mailbox's secret is told: only a server that proved its name over an encrypted connection, however it is asked for.</summary>
public class ImapSecurityTests
{
    [Theory]
    [InlineData("tls")]
    [InlineData("starttls")]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_the_login(string security)
    {
        using var certificate = Certificate("localhost");
        await using var server = new LoopbackImap { Certificate = certificate, TlsFromTheStart = security == "tls" };
        await using var room = await OpenAsync(server, security);
        Assert.NotNull((await room.RunAsync()).Trouble);
        AssertNoLogin(server);
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("starttls")]
    public async Task Without_encryption_on_offer_nothing_is_told_in_clear(string security)
    {
        await using var server = new LoopbackImap();
        await using var room = await OpenAsync(server, security);
        Assert.NotNull((await room.RunAsync()).Trouble);
        AssertNoLogin(server);
    }

    [Theory]
    [InlineData("tls", "localhost", true)]
    [InlineData("starttls", "localhost", true)]
    [InlineData("tls", "mail.example.org", false)]
    [InlineData("starttls", "mail.example.org", false)]
    public async Task A_trusted_certificate_must_carry_the_servers_name(string security, string name, bool isRead)
    {
        using var certificate = Certificate(name);
        await using var server = new LoopbackImap { Certificate = certificate, TlsFromTheStart = security == "tls" };
        using var program = new DigestProgram([.. Settings(server, security, "localhost")]);
        program["SSL_CERT_FILE"] = program.Write("trusted.pem", certificate.ExportCertificatePem());
        await program.RunAsync("mailbox", "run");
        Assert.Equal(isRead, server.Saw("LOGIN "));
        Assert.Equal(isRead, server.Saw("SELECT "));
        Assert.All(server.Lines.Where(line => line.Line.Contains("secret", StringComparison.Ordinal)), line => Assert.True(line.Encrypted));
        if (!isRead)
            AssertNoLogin(server);
    }

    [Fact]
    public async Task The_access_token_is_sent_as_xoauth2_says_and_read_anew_for_each_connection()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("token"), "old\n");
        await using var server = new LoopbackImap { OAuth = "user=digest\u0001auth=Bearer renewed\u0001\u0001" };
        await using var room = await OpenAsync(server, "none", ("Mailbox:Authentication", "xoauth2"), ("Mailbox:PasswordFile", folder.File("token")));
        Assert.Contains("Authentication failed", (await room.RunAsync()).Trouble, StringComparison.Ordinal);
        Assert.False(server.Saw("SELECT "));

        File.WriteAllText(folder.File("token"), "renewed\n");
        Assert.Null((await room.RunAsync()).Trouble);
        Assert.True(server.Saw("SELECT "));
        Assert.False(server.Saw("LOGIN "));
    }

    private static void AssertNoLogin(LoopbackImap server)
    {
        Assert.False(server.Saw("LOGIN "));
        Assert.False(server.Saw("AUTHENTICATE"));
        Assert.False(server.Saw("secret"));
    }

    private static Task<MailboxRoom> OpenAsync(LoopbackImap server, string security, params (string, string)[] more) =>
        MailboxRoom.OpenAsync([.. Settings(server, security, "127.0.0.1").Select(setting => (setting.Key, setting.Value!)), .. more]);

    private static (string Key, string? Value)[] Settings(LoopbackImap server, string security, string host) =>
    [
        ("Mailbox:Kind", "imap"), ("Mailbox:Host", host), ("Mailbox:Port", $"{server.Port}"), ("Mailbox:Security", security),
        ("Mailbox:Username", "digest"), ("Mailbox:Password", "secret"), ("Mailbox:Folder", "INBOX"),
    ];

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
