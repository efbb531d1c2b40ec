using System.Diagnostics;
using System.Security.Cryptography;
using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Tests.Support;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Digest.Worker.Tests.Delivery;

public sealed class DkimTests
{
    [Fact]
    public async Task Both_signatures_verify_with_MimeKit_and_a_changed_mail_does_not()
    {
        await using var signed = await SignedAsync();
        var hostile = new HostileText(4);
        for (var i = 0; i < 50; i++)
        {
            var octets = MessageBuilderTests.Octets(signed.Builder.Build(MessageBuilderTests.Mail(i), new RenderedMail(hostile.Next(), hostile.Next(), hostile.Next()), true));
            Assert.Equal([true, true], Verify(octets, signed.Records));
            Assert.Equal([false, false], Verify(Replace(octets, "reader" + i, "header" + i), signed.Records));
            Assert.Equal([false, false], Verify([.. octets, (byte)'x', (byte)'\r', (byte)'\n'], signed.Records));
            Assert.Equal([false, false], Verify([.. "Subject: another\r\n"u8, .. octets], signed.Records));
        }
    }

    [FactWith<PythonDkim>]
    public async Task Another_program_verifies_both_signatures()
    {
        await using var signed = await SignedAsync();
        var mail = Path.Combine(signed.Installation.Folder, "signed.eml");
        await File.WriteAllBytesAsync(mail, MessageBuilderTests.Octets(signed.Builder.Build(MessageBuilderTests.Mail(1), new RenderedMail("Ünï", "<p>a  b \t c</p>\n\n\n", "tab\t and  spaces  \n\n\n"), true)));
        const string script =
            """
            import sys, dkim
            records = dict(line.split(' ', 1) for line in open(sys.argv[2]).read().splitlines())
            found = lambda name, timeout=5: records[name.decode().rstrip('.')].encode()
            message = open(sys.argv[1], 'rb').read()
            print([dkim.DKIM(message).verify(idx=i, dnsfunc=found) for i in range(2)])
            """;
        var records = Path.Combine(signed.Installation.Folder, "records");
        await File.WriteAllLinesAsync(records, signed.Records.Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Equal("[True, True]", await RunAsync(script, mail, records));
    }

    [Fact]
    public void A_body_is_hashed_as_if_it_were_relaxed_octet_by_octet()
    {
        var random = new Random(11);
        string[] pieces = [" ", "  ", "\t", " \t ", "\r\n", " \r\n", "\r\n\r\n", "a", "word", "naïve", new string('x', 31), new string('y', 33), "a b c d e f g h"];
        for (var i = 0; i < 5_000; i++)
        {
            var body = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(i % 2 == 0 ? 0 : 5, pieces.Length)])) + (random.Next(2) == 0 ? "\r\n" : ""));
            Assert.Equal(SHA256.HashData(Relaxed(body)), RelaxedBody.Hash(body));
        }
    }

    [Theory]
    [InlineData("a b\tc  \r\n\r\nd\r\n\r\n\r\n", "a b c\r\n\r\nd\r\n")]
    [InlineData(" lead\r\n", " lead\r\n")]
    [InlineData("\r\n \r\n\r\n", "")]
    [InlineData("", "")]
    [InlineData("no end", "no end\r\n")]
    public void A_body_is_relaxed_as_the_RFC_says(string body, string expected)
    {
        var canonical = new byte[body.Length + 2];
        var length = RelaxedBody.Write(System.Text.Encoding.ASCII.GetBytes(body), canonical);
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(canonical, 0, length));
    }

    /// <summary>The words of RFC 6376, 3.4.4, one after the other.</summary>
    private static byte[] Relaxed(byte[] body)
    {
        var lines = System.Text.Encoding.Latin1.GetString(body).Split("\r\n")
            .Select(line => System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(line, "[ \t]+$", ""), "[ \t]+", " ")).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return System.Text.Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));
    }

    internal static async Task<Signed> SignedAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("digest-dkim-").FullName;
        var (rsa, ed) = (DkimKeyPair.CreateRsa(), DkimKeyPair.CreateEd25519());
        await File.WriteAllTextAsync(Path.Combine(folder, "rsa.pem"), rsa.Pem);
        await File.WriteAllTextAsync(Path.Combine(folder, "ed.pem"), ed.Pem);
        var installation = await Installation.CreateAsync(folder: folder, settings: new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["Dkim:KeyFile"] = Path.Combine(folder, "rsa.pem"),
            ["Dkim:Ed25519KeyFile"] = Path.Combine(folder, "ed.pem"),
            ["Web:PublicUrl"] = "https://digest.example.org",
        });
        return new Signed(installation, new Dictionary<string, string>
        {
            ["digest._domainkey.lists.example.org"] = rsa.Record,
            ["digest-ed._domainkey.lists.example.org"] = ed.Record,
        });
    }

    internal static bool[] Verify(byte[] octets, Dictionary<string, string> records)
    {
        var message = MimeMessage.Load(new MemoryStream(octets));
        var verifier = new DkimVerifier(new Records(records));
        return [.. message.Headers.Where(header => header.Id == HeaderId.DkimSignature).Select(header => verifier.Verify(message, header))];
    }

    private static byte[] Replace(byte[] octets, string from, string to) =>
        System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(octets).Replace(from, to, StringComparison.Ordinal));

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PythonDkim.Python, ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output + errors).Trim();
    }

    internal sealed record Signed(Installation Installation, Dictionary<string, string> Records) : IAsyncDisposable
    {
        public MessageBuilder Builder => Installation.Get<MessageBuilder>();

        public async ValueTask DisposeAsync()
        {
            await Installation.DisposeAsync();
            Directory.Delete(Installation.Folder, recursive: true);
        }
    }

    private sealed class Records(Dictionary<string, string> records) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            GetPublicKey(records[$"{selector}._domainkey.{domain}"]);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
