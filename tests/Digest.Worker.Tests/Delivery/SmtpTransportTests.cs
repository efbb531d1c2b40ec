using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Digest.Worker.Alerts;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

public sealed class SmtpTransportTests
{
    [Theory]
    [InlineData("starttls", "stripped", "does not offer STARTTLS")]
    [InlineData("starttls", "injected", "put answers of their own")]
    [InlineData("starttls", "self-signed", "self-signed or signed by somebody")]
    [InlineData("starttls", "expired", "has expired")]
    [InlineData("starttls", "wrong name", "is for another name")]
    [InlineData("tls", "self-signed", "self-signed or signed by somebody")]
    [InlineData("tls", "expired", "has expired")]
    [InlineData("tls", "wrong name", "is for another name")]
    public async Task Without_good_TLS_no_mail_and_no_password_leave_the_house(string security, string fault, string alarm)
    {
        using var certificate = Certificate(fault);
        await using var server = new LoopbackSmtp(new SmtpScript { Login = ("digest", "secret"), Injected = fault == "injected" ? "\r\n250-loopback.test\r\n250 AUTH PLAIN" : "" }, fault == "stripped" ? null : certificate, tlsFromTheStart: security == "tls");
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>(server.Settings())
        {
            ["Smtp:Host"] = "localhost",
            ["Smtp:Security"] = security,
            ["Smtp:Username"] = "digest",
            ["Smtp:Password"] = "secret",
        });
        await Outboxes.AddLettersAsync(installation, ["reader"]);

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Contains(fault is "stripped" or "injected" ? "STARTTLS" : "certificate", report.Stopped, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(alarm, Assert.Single(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None)).Sentence, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal("queued", await Outboxes.StateAsync(installation, "reader"));
    }

    [Fact]
    public async Task A_wrong_password_stops_the_host_and_blames_nobody()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Login = ("digest", "right") });
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>(server.Settings(1)) { ["Smtp:Username"] = "digest", ["Smtp:Password"] = "wrong" });
        await Outboxes.AddLettersAsync(installation, ["a", "b", "c"]);

        var report = await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Contains("password", report.Stopped, StringComparison.Ordinal);
        Assert.Equal(["queued"], await Outboxes.StatesAsync(installation));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_relay_that_takes_no_login_is_not_suspected_of_anything_else()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>(server.Settings(1)) { ["Smtp:Username"] = "digest", ["Smtp:Password"] = "secret" });
        await Outboxes.AddLettersAsync(installation, ["a"]);
        Assert.EndsWith("takes no login on this connection", (await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Stopped, StringComparison.Ordinal);
        Assert.Equal($"127.0.0.1:{server.Port} takes no login.", Assert.Single(await installation.Get<AlarmStore>().StandingAsync(CancellationToken.None)).Sentence);
    }

    [Fact]
    public async Task A_right_password_from_a_file_is_enough()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Login = ("digest", "right") });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "right\n");
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>(server.Settings(1)) { ["Smtp:Username"] = "digest", ["Smtp:PasswordFile"] = file });
        await Outboxes.AddLettersAsync(installation, ["a"]);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        File.Delete(file);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task The_envelope_asks_for_reports_and_names_the_mail()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var mail = Assert.Single(server.Mails);
        Assert.Matches("^digest\\+b-[a-z2-7]+@lists.example.org$", mail.Sender);
        Assert.Matches("^SIZE=[0-9]+ BODY=8BITMIME ENVID=[a-z0-9]+@lists.example.org RET=HDRS$", mail.SenderParameters);
        Assert.Equal("NOTIFY=FAILURE,DELAY ORCPT=rfc822;reader@readers.example.net", mail.RecipientParameters);
        Assert.Contains($"SIZE={mail.Octets.Length} ", mail.SenderParameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_8BITMIME_gets_seven_bits()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Extensions = [] });
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        var mail = Assert.Single(server.Mails);
        Assert.True(System.Text.Ascii.IsValid(mail.Octets));
        Assert.Contains("Zoë", mail.Parse().TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_over_the_servers_size_is_not_begun()
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Extensions = ["8BITMIME", "SIZE 500"] });
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await Outboxes.AddLettersAsync(installation, ["reader"]);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal("bounced", await Outboxes.StateAsync(installation, "reader"));
    }

    [Theory]
    [InlineData(true, "sent")]
    [InlineData(false, "bounced")]
    public async Task A_local_part_in_another_script_needs_SMTPUTF8(bool offered, string state)
    {
        await using var server = new LoopbackSmtp(new SmtpScript { Extensions = offered ? ["8BITMIME", "SMTPUTF8"] : ["8BITMIME"] });
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await Outboxes.AddLettersAsync(installation, ["δοκιμή"]);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(state, await Outboxes.StateAsync(installation, "δοκιμή"));
        Assert.Equal(offered, server.Lines.Any(line => line.Contains("SMTPUTF8", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_domain_in_another_script_goes_out_as_A_labels_also_where_SMTPUTF8_is_offered_and_between_mails_that_need_it()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await installation.Database.WriteAsync(async transaction =>
        {
            foreach (var (address, number) in new[] { "a@bücher.example", "δ@bücher.example", "b@bücher.example" }.Select((address, number) => (address, number)))
                await installation.Get<OutboxStore>().AddAsync(transaction, new OutboxMail { Key = $"welcome/{number}/1", Kind = MailKind.Welcome, Recipient = address, Payload = new LetterPayload().ToJson(), CreatedAt = Outboxes.Noon });
        }, CancellationToken.None);
        Assert.Equal(3, (await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None)).Sent);
        var mails = server.Mails.ToArray();
        Assert.Equal(["a@xn--bcher-kva.example", "b@xn--bcher-kva.example"], [mails[0].Recipient, mails[2].Recipient]);
        Assert.StartsWith("δ@", mails[1].Recipient, StringComparison.Ordinal);
        Assert.Equal([false, true, false], mails.Select(mail => mail.SenderParameters.Contains("SMTPUTF8", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connection_is_used_for_many_mails_and_not_for_ever()
    {
        await using var server = new LoopbackSmtp();
        await using var installation = await Installation.CreateAsync(settings: server.Settings(1));
        await Outboxes.AddLettersAsync(installation, Enumerable.Range(1, 201).Select(i => $"reader{i}"));
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        Assert.Equal(3, server.Connections);
        Assert.Equal(3, server.Lines.Count(line => line == "QUIT"));
    }

    /// <summary><c>DIGEST_SLOW_ANSWER=300</c> is what a default client fails at: it gives up after 120 seconds and sends again.</summary>
    [Fact]
    public async Task A_slow_final_answer_makes_no_double()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("DIGEST_SLOW_ANSWER"), System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : 3;
        await using var server = new LoopbackSmtp();
        server.Script.BeforeFinalAnswer = _ => Task.Delay(TimeSpan.FromSeconds(seconds));
        await using var installation = await Installation.CreateAsync(settings: server.Settings(4));
        await Outboxes.AddLettersAsync(installation, ["a", "b", "c", "d"]);
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await installation.Get<DeliveryRun>().RunAsync(impatient.Token);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);

        Assert.Equal(4, server.Mails.Count);
        Assert.Equal(["sent"], await Outboxes.StatesAsync(installation));
    }

    /// <summary><c>DIGEST_ANSWERS=5000</c> sends so many mails, the pairs in turn.</summary>
    [Fact]
    public async Task Answers_of_every_class_settle_the_row_as_the_table_says()
    {
        await using var server = new LoopbackSmtp();
        var expected = new Dictionary<string, string>();
        var pairs = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Delivery", "Cases", "answers.txt"))
            .Where(line => line.StartsWith("recipient", StringComparison.Ordinal) || line.StartsWith("message", StringComparison.Ordinal))
            .Select(line => line.Split('|', 3, StringSplitOptions.TrimEntries)).Where(parts => parts[1] is not ("Host" or "Configuration") && parts[2][3] != '-').ToArray();
        Assert.True(pairs.Length >= 120);
        var mails = Math.Max(pairs.Length, int.TryParse(Environment.GetEnvironmentVariable("DIGEST_ANSWERS"), System.Globalization.CultureInfo.InvariantCulture, out var many) ? many : 0);
        for (var i = 0; i < mails; i++)
        {
            var parts = pairs[i % pairs.Length];
            var local = $"case{expected.Count}";
            (parts[0] == "recipient" ? server.Script.Recipient : server.Script.Message)[local] = parts[2];
            expected[local] = parts[1] is "Greylisted" or "Temporary" ? "deferred" : parts[1] == "Soft" && parts[2][0] == '4' ? "deferred" : parts[1] == "Soft" ? "deferred" : "bounced";
        }
        await using var installation = await Installation.CreateAsync(settings: new Dictionary<string, string?>(server.Settings(4)) { ["Delivery:PauseAfter"] = "0" });
        await Outboxes.AddLettersAsync(installation, expected.Keys);

        // So many refusals pause the domain, too.
        do
            await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        while (await installation.Get<PauseStore>().EndAsync(null, TimeProvider.System.GetUtcNow(), CancellationToken.None) > 0);

        var states = (await Readers.QueryAsync(installation, "select recipient || ' ' || state from outbox_now")).Select(row => row.Split('@', ' ')).ToDictionary(row => row[0], row => row[^1]);
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), states.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(0, await installation.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from suppression"), CancellationToken.None));
    }

    internal static X509Certificate2 Certificate(string fault)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(fault == "wrong name" ? "mail.example.org" : "localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var made = fault == "expired" ? request.CreateSelfSigned(now.AddDays(-10), now.AddDays(-1)) : request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
