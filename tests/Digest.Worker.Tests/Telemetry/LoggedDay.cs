using System.Diagnostics;
using System.Text.RegularExpressions;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>The program with every logger at Trace: the service, verbs beside it, and each line that any of them logs.</summary>
internal sealed partial class LoggedDay : IDisposable
{
    private readonly List<string> lines = [];
    private Process? service;
    private Task<string>? output, error;

    public LoggedDay(IEnumerable<(string, string?)> settings) => Program = new DigestProgram(
        [("Telemetry:Logs", "json"), .. new[] { "Default", "Microsoft", "Microsoft.Hosting.Lifetime", "System", "Quartz", "Polly" }.Select(name => ($"Logging:LogLevel:{name}", (string?)"Trace")),
            ("Delivery:Transport", "smtp"), ("Web:Urls", $"http://127.0.0.1:{Doors}"), ("Web:OperatorUrls", $"http://127.0.0.1:{Operators}"), ("Web:PublicUrl", $"http://127.0.0.1:{Doors}"),
            ("Papers:Deadline", "00:00:00"), ("Schedule:ComposeSeconds", "1"), ("Schedule:MailboxSeconds", "1"), ("Schedule:WatchSeconds", "10"),
            ("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")), .. settings]);

    public DigestProgram Program { get; }

    public int Doors { get; } = Ports.Free();

    public int Operators { get; } = Ports.Free();

    /// <summary>Until there are papers: who is added before has nothing in the first issue.</summary>
    public async Task BeginAsync()
    {
        service = Program.Start("serve");
        // Before each wait, or a full pipe holds the program up.
        (output, error) = (service.StandardOutput.ReadToEndAsync(), service.StandardError.ReadToEndAsync());
        using var http = new HttpClient();
        await UntilAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{Operators}/readyz");
                return (await answer.Content.ReadAsStringAsync()).Contains("source/file: file answered", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "nothing was harvested");
    }

    /// <summary>What the verb answers; what it logs is kept. That it fails is part of a day.</summary>
    public async Task<string> DoAsync(string input, params string[] arguments)
    {
        using var process = Program.Start(arguments, takesInput: true);
        var (said, logged) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        // What a verb says is its answer to the operator; what it logs are the lines of JSON.
        lines.AddRange((await logged).Split('\n').Where(line => line.StartsWith('{')));
        return (await said).Trim();
    }

    /// <summary>Stops the service; every line of the day.</summary>
    public async Task<string> EndAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{service!.Id}"]))
            await kill.WaitForExitAsync();
        await service.WaitForExitAsync();
        return string.Join('\n', [.. lines, await output!, await error!]);
    }

    /// <summary>The tokens of a mail, in its headers and in what it says.</summary>
    public static IReadOnlyList<string> Tokens(MimeKit.MimeMessage mail) =>
        [.. mail.Headers.Select(header => header.Value).Append(mail.TextBody ?? "").Append(mail.HtmlBody ?? "").SelectMany(text => Token().Matches(text)).Select(match => match.Value).Distinct()];

    /// <summary>The token behind such a door of ours in a mail.</summary>
    public static string? Behind(MimeKit.MimeMessage mail, string door) => Regex.Match(mail.TextBody ?? "", $"(?<=/{door}/)[a-z2-7]{{20,}}") is { Success: true } token ? token.Value : null;

    public static void DoesNotTell(string lines, IEnumerable<string> what)
    {
        foreach (var secret in what)
            if (lines.IndexOf(secret, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                Assert.Fail($"It tells {secret}: {lines.AsSpan(Math.Max(0, at - 300), Math.Min(lines.Length - Math.Max(0, at - 300), 600))}");
    }

    public static Task UntilAsync(Func<bool> holds, string otherwise) => UntilAsync(() => Task.FromResult(holds()), otherwise);

    public static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(2), otherwise);
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        if (service is { HasExited: false })
            service.Kill();
        service?.Dispose();
        Program.Dispose();
    }

    [GeneratedRegex("(?<![a-z2-7])[a-z2-7]{24,}(?![a-z2-7])")]
    private static partial Regex Token();
}
