using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Digest.Bench.Web;

/// <summary>What <c>wrk</c> (Debian: wrk) measured: answers a second, milliseconds for half and for 99 of 100, and answers that were none.</summary>
internal sealed partial record Wrk(double PerSecond, double Median, double Most, long Failed)
{
    public const string Program = "/usr/bin/wrk";

    private const int Connections = 32;

    /// <param name="addresses">Asked in turn, each connection from a place of its own; what stands behind the host.</param>
    public static async Task<Wrk> RunAsync(string host, IReadOnlyList<string> addresses, int seconds)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script,
            $$"""
            local addresses = { {{string.Join(", ", addresses.Select(address => $"\"{address}\""))}} }
            local threads = 0
            function setup(thread) thread:set("at", threads * 7919); threads = threads + 1 end
            function request() at = at + 1; return wrk.format("GET", addresses[at % #addresses + 1], { ["Accept-Encoding"] = "gzip", ["Accept-Language"] = "en" }) end
            """);
        var start = new ProcessStartInfo(Program, ["-t2", $"-c{Connections}", $"-d{seconds}s", "--latency", "--timeout", "10s", "-s", script, host]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var told = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(script);
        var errors = Errors().Match(told);
        return new Wrk(
            Number(PerSecondLine().Match(told).Groups[1].Value), Milliseconds(HalfLine().Match(told)), Milliseconds(MostLine().Match(told)),
            (Refused().Match(told) is { Success: true } refused ? long.Parse(refused.Groups[1].Value, CultureInfo.InvariantCulture) : 0)
            + (errors.Success ? errors.Groups.Values.Skip(1).Sum(group => long.Parse(group.Value, CultureInfo.InvariantCulture)) : 0));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond,8:0} a second, half within {Median:0.0} ms, 99 of 100 within {Most:0.0} ms, {Failed} failed");

    private static double Milliseconds(Match match) => Number(match.Groups[1].Value) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, "s" => 1_000, _ => double.NaN };

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecondLine();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex HalfLine();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex MostLine();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Refused();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex Errors();
}
