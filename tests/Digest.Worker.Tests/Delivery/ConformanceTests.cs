using System.Diagnostics;
using System.Globalization;
using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

/// <summary>
/// What a server receives: hostile names and titles, lines that begin with dots, bodies larger than any buffer. <c>DIGEST_HOSTILE</c> says how many
/// (1,000 is the measure).
/// </summary>
public sealed class ConformanceTests
{
    private static readonly int Mails = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_HOSTILE"), CultureInfo.InvariantCulture, out var many) ? many : 150;

    [Fact]
    public async Task Hostile_mails_arrive_one_for_one_as_they_were_signed()
    {
        await using var server = new LoopbackSmtp();
        await using var signed = await DkimTests.SignedAsync(server.Settings(1));
        var built = await SendAsync(signed, server);

        Assert.Equal(built.Count, server.Mails.Count);
        foreach (var (sent, taken) in built.Zip(server.Mails))
        {
            Assert.Equal(MessageBuilderTests.Octets(sent), taken.Octets);
            Assert.Equal((sent.ReturnPath, sent.Recipient), (taken.Sender, taken.Recipient));
            Assert.Empty(HeaderChecker.Check(taken.Octets, issue: true));
            Assert.Equal([true, true], DkimTests.Verify(taken.Octets, signed.Records));
        }
        Assert.Equal(built.Count, server.Lines.Count(line => line.StartsWith("MAIL", StringComparison.Ordinal)));
        Assert.Equal(built.Count, server.Lines.Count(line => line == "DATA"));
    }

    [FactWith<PythonDkim>]
    public async Task Another_program_verifies_each_of_them_as_it_arrived()
    {
        await using var server = new LoopbackSmtp();
        await using var signed = await DkimTests.SignedAsync(server.Settings(1));
        await SendAsync(signed, server);
        var folder = Directory.CreateDirectory(Path.Combine(signed.Installation.Folder, "taken")).FullName;
        foreach (var (mail, number) in server.Mails.Select((mail, number) => (mail, number)))
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number}.eml"), mail.Octets);
        var records = Path.Combine(signed.Installation.Folder, "records");
        await File.WriteAllLinesAsync(records, signed.Records.Select(pair => $"{pair.Key} {pair.Value}"));
        const string script =
            """
            import sys, os, dkim
            records = dict(line.split(' ', 1) for line in open(sys.argv[2]).read().splitlines())
            found = lambda name, timeout=5: records[name.decode().rstrip('.')].encode()
            good = 0
            for name in os.listdir(sys.argv[1]):
                message = open(os.path.join(sys.argv[1], name), 'rb').read()
                good += all(dkim.DKIM(message).verify(idx=i, dnsfunc=found) for i in range(2))
            print(good)
            """;
        using var process = Process.Start(new ProcessStartInfo(PythonDkim.Python, ["-c", script, folder, records]) { RedirectStandardOutput = true })!;
        Assert.Equal($"{server.Mails.Count}", (await process.StandardOutput.ReadToEndAsync()).Trim());
        await process.WaitForExitAsync();
    }

    /// <summary>The same mails through TLS, where another stream stands between; in a process of its own, which trusts the server's certificate.</summary>
    [Fact]
    public async Task Through_TLS_the_same_octets_arrive()
    {
        using var certificate = SmtpTransportTests.Certificate("none");
        await using var plain = new LoopbackSmtp();
        await using var secure = new LoopbackSmtp(certificate: certificate);
        await using var installation = await Installation.CreateAsync();
        var trusted = Path.Combine(installation.Folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 20).Select(i => $"reader{i}"), MailKind.Answer, ["." + new string('.', 40), .. Enumerable.Repeat(".." + string.Concat(Enumerable.Repeat(" mot naïf", 45)), 190), ".end"]);
        foreach (var settings in new[] { new Dictionary<string, string?>(secure.Settings(2)) { ["Smtp:Host"] = "localhost", ["Smtp:Security"] = "starttls", ["SSL_CERT_FILE"] = trusted }, plain.Settings(2) })
        {
            using var worker = WorkerProcess.Start(installation.Folder, settings, "deliveries", "run");
            Assert.Equal(0, await worker.WaitAsync());
            await installation.Database.WriteAsync(transaction => Dapper.SqlMapper.ExecuteAsync(transaction.Connection!, "update outbox set state = 'queued', attempts = 0", transaction: transaction), CancellationToken.None);
        }
        Assert.Equal(20, secure.Mails.Count);
        Assert.All(secure.Mails, mail => Assert.True(mail.Encrypted));
        Assert.Contains(secure.Mails, mail => mail.Octets.Length > 128 * 1024);
        var clear = plain.Mails.ToDictionary(mail => mail.Recipient);
        Assert.All(secure.Mails, mail => Assert.Equal(clear[mail.Recipient].Octets, mail.Octets));
    }

    private static async Task<List<OutgoingMail>> SendAsync(DkimTests.Signed signed, LoopbackSmtp server)
    {
        var hostile = new HostileText(20260127);
        var built = new List<OutgoingMail>();
        await using var session = signed.Installation.Get<ITransport>().Open();
        for (var i = 0; i < Mails; i++)
        {
            // Every third connection is to a server without 8BITMIME: there the same mail travels as quoted-printable.
            server.Script.Extensions = i / 100 % 3 == 2 ? ["PIPELINING"] : ["PIPELINING", "8BITMIME", "SMTPUTF8"];
            var dots = string.Concat(Enumerable.Repeat("\n.\n..\n.a\n", i % 5)) + new string('.', i % 4) + "\n";
            var large = i % 50 == 7 ? string.Join('\n', Enumerable.Repeat(hostile.Next(), 2_000)) : "";
            var content = new RenderedMail(hostile.Next(), $"{hostile.Next()}{dots}", $"{dots}{hostile.Next()}{large}");
            Assert.Null(await session.ConnectAsync(CancellationToken.None));
            var result = await session.SendAsync(eightBit =>
            {
                var mail = signed.Builder.Build(MessageBuilderTests.Mail(i), content, eightBit);
                built.Add(mail);
                return mail;
            }, _ => Task.FromResult(true));
            Assert.IsType<SendResult.Accepted>(result);
        }
        return built;
    }
}
