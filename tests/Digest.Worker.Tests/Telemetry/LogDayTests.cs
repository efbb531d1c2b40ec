using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>
/// The program's lines of a day at Trace: readers come and go, mails are refused, logins fail and passwords are renewed, doors are knocked at,
/// the operator looks at everything. None of it names anybody or tells a secret.
/// </summary>
public sealed class LogDayTests
{
    private static readonly string[] Addresses =
    [
        "ada.lovelace@example.org", "gone.person@example.org", "slow.person@example.org", "keeps.watch@example.com", "relay-login@example.com", "new.reader@example.org", "writes.first@example.org",
        "moves.elsewhere@example.org", "signs.up@example.org", "by.program@example.org", "by.file@example.org",
    ];

    private static readonly string[] Secrets =
        ["battery-staple-relay", "renewed-staple-relay", "wrong-staple-relay", "correct-horse-mailbox", "query-secret-of-the-feed", "user-secret-of-the-feed", "digest_wrongwrongwrongwrongwrongwrong22"];

    [Fact]
    public async Task A_day_of_trace_holds_no_address_no_secret_and_no_token()
    {
        await using var smtp = new LoopbackSmtp(new SmtpScript { Login = (Addresses[4], Secrets[0]) });
        smtp.Script.Recipient["gone.person"] = $"550 5.1.1 <{Addresses[1]}>: there is no {Addresses[1]} here";
        smtp.Script.Recipient["slow.person"] = $"451 4.2.0 <{Addresses[2]}>: later";
        await using var imap = new LoopbackImap();
        await using var collector = await LoopbackCollector.StartAsync();
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("relay"), Secrets[0] + "\n");
        using var day = new LoggedDay([.. Settings(smtp, imap, folder), ("Telemetry:OtlpEndpoint", $"http://127.0.0.1:{collector.Port}")]);
        using var visitors = new DayVisitors(day);

        await day.BeginAsync();
        foreach (var reader in Addresses[..3])
            await day.DoAsync("", "subscriber", "add", reader, "--name", "Somebody", "--interest", "language models", "--welcome", "--now");
        await LoggedDay.UntilAsync(() => smtp.Mails.Count(mail => mail.Local == "ada.lovelace") >= 2, "the mails do not come");
        var own = Mails(smtp, "ada.lovelace").Select(mail => LoggedDay.Behind(mail, "my")).First(token => token is not null)!;
        await visitors.KnockAsync(own, Addresses[5], Secrets[3]);
        await visitors.OwnAsync(own, Addresses[7]);
        await LoggedDay.UntilAsync(() => smtp.Mails.Any(mail => mail.Local == "moves.elsewhere"), "the new address is not asked");
        await visitors.PressAsync("a", LoggedDay.Behind(Mails(smtp, "moves.elsewhere").First(), "a")!);
        await visitors.SubscribeAsync(Addresses[8], () => smtp.Mails.Any(mail => mail.Local == "signs.up"));
        await visitors.PressAsync("c", LoggedDay.Behind(Mails(smtp, "signs.up").First(), "c")!);
        var key = await day.DoAsync("", "key", "add", "crm", "--scope", "write");
        await visitors.AdministerAsync(key, Secrets[6], Addresses[9]);
        var tokens = smtp.Mails.SelectMany(mail => LoggedDay.Tokens(mail.Parse())).Append(key["digest_".Length..]).Distinct().ToList();
        Assert.True(tokens.Count >= 8, $"{tokens.Count} tokens were found in the mails");
        foreach (var token in tokens)
            await visitors.KnockAsync(token, Addresses[5], key);

        await LookAsync(day, folder);
        await File.WriteAllTextAsync(folder.File("relay"), Secrets[1] + "\n");
        smtp.Script.Login = (Addresses[4], Secrets[1]);
        await day.DoAsync("", "doctor", "--to", Addresses[3]);
        await File.WriteAllTextAsync(folder.File("relay"), Secrets[2] + "\n");
        smtp.Script.LoginRefused = $"535 5.7.8 {Addresses[4]} is not known by {Secrets[2]}";
        await day.DoAsync("", "doctor", "--to", Addresses[3]);
        await day.DoAsync("", "once");
        await visitors.AdministerAsync(key, Secrets[6], Addresses[9]);

        var all = await day.EndAsync();
        Assert.Contains("\"level\":\"trace\"", all, StringComparison.Ordinal);
        Assert.Contains("address-", all, StringComparison.Ordinal);
        Assert.Contains("is not known by ********", all, StringComparison.Ordinal);
        var installation = (await File.ReadAllTextAsync(Path.Combine(day.Program.Folder, "installation.key"))).Trim();
        string[] secrets = [.. Addresses, .. Addresses.Select(address => address.Split('@')[0]), .. Addresses.Select(Uri.EscapeDataString), .. Secrets, installation, key, .. tokens];
        LoggedDay.DoesNotTell(all, secrets);
        // Traces tell of runs, and of nobody.
        foreach (var run in new[] { "harvest", "compose", "deliver", "mailbox", "watch" })
            Assert.Contains(run, collector.Taken, StringComparison.Ordinal);
        LoggedDay.DoesNotTell(collector.Taken, secrets);
    }

    /// <summary>Verbs beside the service, as an operator types them on such a day.</summary>
    private static async Task LookAsync(LoggedDay day, TestFolder folder)
    {
        await day.DoAsync($"From: {Addresses[0]}\r\nTo: digest@lists.example.org\r\nSubject: hello\r\n\r\nunsubscribe\r\n", "receive");
        await day.DoAsync($"From: {Addresses[6]}\r\nTo: digest@lists.example.org\r\nSubject: {Addresses[6]}\r\nMessage-ID: <x@{Addresses[6]}>\r\n\r\nWho are you? {Addresses[6]}\r\n", "receive");
        await File.WriteAllTextAsync(folder.File("readers.csv"), $"email,interests\n{Addresses[10]},language models\n{Addresses[10]}@twice,\n");
        await File.WriteAllTextAsync(folder.File("mail.eml"), $"From: {Addresses[6]}\r\nTo: digest@lists.example.org\r\nSubject: {Addresses[6]}\r\n\r\nstop {Addresses[6]}\r\n");
        foreach (var verb in (string[][])[["subscriber", "import", folder.File("readers.csv")], ["subscriber", "show", Addresses[0]], ["subscriber", "edit", Addresses[0], "--name", "Ada"], ["subscriber", "export", "--email", Addresses[0]], ["why", Addresses[0]],
            ["preview", "--to", Addresses[0]], ["explain-mail", folder.File("mail.eml")], ["config", "show"], ["stats", "--html", folder.File("stats.html")], ["deliveries", "status"], ["mailbox", "status"], ["papers", "status"],
            ["backup", folder.File("backup")], ["restore", "--check", folder.File("backup")], ["subscriber", "pause", Addresses[8]], ["subscriber", "erase", Addresses[2]], ["subscriber", "show", Addresses[2]], ["migrate"], ["healthcheck", "--ready"]])
            await day.DoAsync("", verb);
    }

    private static IEnumerable<MimeKit.MimeMessage> Mails(LoopbackSmtp smtp, string to) => smtp.Mails.Where(mail => mail.Local == to).Select(mail => mail.Parse());

    private static IEnumerable<(string, string?)> Settings(LoopbackSmtp smtp, LoopbackImap imap, TestFolder folder) =>
    [
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{smtp.Port}"), ("Smtp:Username", Addresses[4]), ("Smtp:Password_FILE", folder.File("relay")),
        ("Mailbox:Kind", "imap"), ("Mailbox:Host", "127.0.0.1"), ("Mailbox:Port", $"{imap.Port}"), ("Mailbox:Username", Addresses[4]), ("Mailbox:Password", Secrets[3]),
        ("Alerts:To", Addresses[3]),
        ("Papers:Sources:1:Kind", "feed"), ("Papers:Sources:1:Url", $"http://me:{Secrets[5]}@127.0.0.1:1/feed?api_key={Secrets[4]}"),
    ];
}
