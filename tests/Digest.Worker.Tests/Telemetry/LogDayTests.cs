using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>The program's lines of a day at Trace: readers come and go, mails are refused, logins fail, doors are knocked at. None of it names anybody.</summary>
public sealed partial class LogDayTests
{
    private static readonly string[] Addresses = ["ada.lovelace@example.org", "gone.person@example.org", "slow.person@example.org", "operator@example.com", "relay-login@example.com", "new.reader@example.org", "writes.first@example.org"];
    private static readonly string[] Secrets = ["battery-staple-relay", "correct-horse-mailbox", "query-secret-of-the-feed", "user-secret-of-the-feed"];

    [Fact]
    public async Task A_day_of_trace_holds_no_address_no_secret_and_no_token()
    {
        await using var smtp = new LoopbackSmtp(new SmtpScript { Login = (Addresses[4], Secrets[0]) });
        smtp.Script.Recipient["gone.person"] = $"550 5.1.1 <{Addresses[1]}>: there is no {Addresses[1]} here";
        smtp.Script.Recipient["slow.person"] = $"451 4.2.0 <{Addresses[2]}>: later";
        await using var imap = new LoopbackImap();
        var (doors, operators) = (RunningService.FreePort(), RunningService.FreePort());
        using var program = new DigestProgram([.. Settings(smtp, imap, doors, operators)]);
        var lines = new List<string>();
        async Task DoAsync(string input, params string[] arguments) => lines.Add(await ErrorOfAsync(program, input, arguments));

        using var service = program.Start("serve");
        // Before each wait, or a full pipe holds the program up.
        var (output, error) = (service.StandardOutput.ReadToEndAsync(), service.StandardError.ReadToEndAsync());
        await HarvestedAsync(operators);
        foreach (var reader in Addresses[..3])
            await DoAsync("", "subscriber", "add", reader, "--name", "Somebody", "--interest", "language models", "--welcome", "--now");
        await UntilAsync(() => smtp.Mails.Count(mail => mail.Local == "ada.lovelace") >= 2);
        var tokens = smtp.Mails.SelectMany(mail => Token().Matches(System.Text.Encoding.UTF8.GetString(mail.Octets))).Select(match => match.Value).Distinct().ToList();
        Assert.True(tokens.Count >= 2, "no token was found in the mails");
        await KnockAsync(doors, operators, tokens);

        await DoAsync($"From: {Addresses[0]}\r\nTo: digest@lists.example.org\r\nSubject: hello\r\n\r\nunsubscribe\r\n", "receive");
        await DoAsync($"From: {Addresses[6]}\r\nTo: digest@lists.example.org\r\nSubject: {Addresses[6]}\r\nMessage-ID: <x@{Addresses[6]}>\r\n\r\nWho are you? {Addresses[6]}\r\n", "receive");
        await DoAsync("", "subscriber", "erase", Addresses[2]);
        await DoAsync("", "doctor", "--to", Addresses[3]);
        program["Smtp:Password"] = "another-password-that-is-wrong";
        await DoAsync("", "once");
        using (var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]))
            await kill.WaitForExitAsync();
        await service.WaitForExitAsync();
        lines.AddRange([await output, await error]);

        var all = string.Join('\n', lines);
        Assert.Contains("\"level\":\"trace\"", all, StringComparison.Ordinal);
        Assert.Contains("address-", all, StringComparison.Ordinal);
        var key = (await File.ReadAllTextAsync(Path.Combine(program.Folder, "installation.key"))).Trim();
        foreach (var secret in (string[])[.. Addresses, .. Addresses.Select(address => address.Split('@')[0]), .. Addresses.Select(Uri.EscapeDataString), .. Secrets, "another-password-that-is-wrong", key, .. tokens])
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string, string?)> Settings(LoopbackSmtp smtp, LoopbackImap imap, int doors, int operators) =>
    [
        ("Telemetry:Logs", "json"), .. new[] { "Default", "Microsoft", "Microsoft.Hosting.Lifetime", "System", "Quartz", "Polly" }.Select(name => ($"Logging:LogLevel:{name}", (string?)"Trace")),
        ("Delivery:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{smtp.Port}"), ("Smtp:Username", Addresses[4]), ("Smtp:Password", Secrets[0]),
        ("Mailbox:Kind", "imap"), ("Mailbox:Host", "127.0.0.1"), ("Mailbox:Port", $"{imap.Port}"), ("Mailbox:Username", Addresses[4]), ("Mailbox:Password", Secrets[1]),
        ("Alerts:To", Addresses[3]), ("Web:Urls", $"http://127.0.0.1:{doors}"), ("Web:OperatorUrls", $"http://127.0.0.1:{operators}"), ("Web:PublicUrl", $"http://127.0.0.1:{doors}"),
        ("Papers:Deadline", "00:00:00"), ("Schedule:ComposeSeconds", "1"), ("Schedule:MailboxSeconds", "1"), ("Schedule:WatchSeconds", "10"),
        ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")),
        ("Papers:Sources:1:Kind", "feed"), ("Papers:Sources:1:Url", $"http://me:{Secrets[3]}@127.0.0.1:1/feed?api_key={Secrets[2]}"),
    ];

    /// <summary>Who is added before there are papers has nothing in the first issue.</summary>
    private static async Task HarvestedAsync(int operators)
    {
        using var http = new HttpClient();
        for (var patience = 0; patience < 600; patience++)
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{operators}/readyz");
                if ((await answer.Content.ReadAsStringAsync()).Contains("source/file: file answered", StringComparison.Ordinal))
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet there.
            }
            await Task.Delay(200);
        }
        Assert.Fail("nothing was harvested");
    }

    /// <summary>As scanners, readers and forgers do, with what nobody should write into an address.</summary>
    private static async Task KnockAsync(int doors, int operators, List<string> tokens)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{doors}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secrets[1]);
        http.DefaultRequestHeaders.TryAddWithoutValidation("From", Addresses[5]);
        foreach (var path in new[] { $"/u/{tokens[0]}", $"/c/{tokens[0]}", $"/u/{tokens[^1]}?to={Uri.EscapeDataString(Addresses[5])}", $"/search?q={Addresses[5]}", $"/subscribe?address={Uri.EscapeDataString(Addresses[5])}" })
        {
            using var page = await http.GetAsync(path);
            using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click"), new("address", Addresses[5])]);
            using var answer = await http.PostAsync(path, form);
        }
        foreach (var path in new[] { "readyz", "metrics" })
            using (await http.GetAsync($"http://127.0.0.1:{operators}/{path}"))
            {
            }
    }

    private static async Task<string> ErrorOfAsync(DigestProgram program, string input, string[] arguments)
    {
        using var process = program.Start(arguments, takesInput: true);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await output;
        // What a verb says is its answer to the operator; what it logs are the lines of JSON.
        return string.Join('\n', (await error).Split('\n').Where(line => line.StartsWith('{')));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(2), "the mails do not come");
            await Task.Delay(50);
        }
    }

    [GeneratedRegex("(?<=\\+[a-z]-)[a-z2-7]{20,}(?=@)|(?<=/[uc]/)[A-Za-z2-7]{16,}")]
    private static partial Regex Token();
}
