using System.Diagnostics;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Container;

/// <summary>The image, run as the page on operating says: read-only root, uid 1654, no capabilities, 256 MB, one volume.</summary>
internal sealed class DigestContainer : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly List<string> options;
    private readonly string name = "digest-test-" + Guid.NewGuid().ToString("N")[..12];
    private readonly int operatorPort = Ports.Free();

    /// <param name="data">The option that mounts <c>/data</c>.</param>
    /// <param name="options">More options of <c>podman run</c>.</param>
    public DigestContainer(string data, Dictionary<string, string?> settings, params string[] options)
    {
        this.settings = settings.ToDictionary(pair => pair.Key, pair => pair.Value!);
        this.options = [data, .. options];
        this.settings["Web:Urls"] = $"http://127.0.0.1:{Ports.Free()}";
        this.settings["Web:OperatorUrls"] = $"http://127.0.0.1:{operatorPort}";
        this.settings["Schedule:DeliverSeconds"] = "1";
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{operatorPort}"), Timeout = TimeSpan.FromSeconds(12) };
    }

    public HttpClient Http { get; }

    public static async Task<string> PodmanAsync(params string[] arguments)
    {
        var command = Environment.GetEnvironmentVariable("DIGEST_PODMAN")!.Split(' ');
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"podman {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    public Task StartAsync() => PodmanAsync(
        ["run", "-d", "--name", name, "--network=host", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=256m", "--memory-swap=256m", "--ulimit=nofile=20000:20000", "--ulimit=nproc=4096:4096",
            .. options, .. settings.SelectMany(pair => new[] { "-e", $"{pair.Key.Replace(":", "__", StringComparison.Ordinal)}={pair.Value}" }), "digest"]);

    public Task<string> ExecAsync(params string[] arguments) => PodmanAsync(["exec", name, .. arguments]);

    public Task<string> LogsAsync() => PodmanAsync("logs", name);

    /// <summary>SIGTERM, then after the grace time SIGKILL; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await PodmanAsync("stop", "-t", "30", name);
        return await ExitCodeAsync();
    }

    public Task KillAsync() => PodmanAsync("kill", "-s", "KILL", name);

    public Task AgainAsync() => PodmanAsync("start", name);

    public async Task<int> ExitCodeAsync() => int.Parse(await PodmanAsync("inspect", "--format", "{{.State.ExitCode}}", name), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Asks <c>/readyz</c> until it answers so; fails after that time.</summary>
    public Task<string> ReadyAsync(bool expected, TimeSpan within) => UntilAsync((ready, _) => ready == expected, $"become {expected}", within);

    /// <summary>The same, until its words hold this and not that.</summary>
    public Task<string> SaysAsync(string like, TimeSpan within, string unlike) =>
        UntilAsync((_, said) => said.Contains(like, StringComparison.Ordinal) && !said.Contains(unlike, StringComparison.Ordinal), $"say '{like}' and no more '{unlike}'", within);

    private async Task<string> UntilAsync(Func<bool, string, bool> holds, string what, TimeSpan within)
    {
        var begun = Stopwatch.GetTimestamp();
        var last = "no answer";
        while (Stopwatch.GetElapsedTime(begun) < within)
        {
            try
            {
                using var answer = await Http.GetAsync("/readyz");
                last = await answer.Content.ReadAsStringAsync();
                if (holds(answer.IsSuccessStatusCode, last))
                    return last;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                last = e.Message;
            }
            await Task.Delay(200);
        }
        throw new InvalidOperationException($"/readyz did not {what} within {within.TotalSeconds} s. Last: {last}\n{await LogsAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await PodmanAsync("rm", "-f", "-t", "0", name);
    }
}
