using System.Diagnostics;
using System.Globalization;

namespace Digest.Bench;

/// <summary>A program run to its end, and what it took: processor time and the highest memory, as Linux counts them for the process.</summary>
internal sealed record Measured(int Code, TimeSpan Cpu, TimeSpan Wall, long PeakMegabytes)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task<Measured> RunAsync(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var (cpu, peak) = (TimeSpan.Zero, 0L);
        while (!process.HasExited)
        {
            try
            {
                process.Refresh();
                (cpu, peak) = (process.TotalProcessorTime, Math.Max(peak, Peak(process.Id)));
            }
            catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
            {
                // It ended between the question and the answer.
            }
            await Task.Delay(Look);
        }
        var wall = Stopwatch.GetElapsedTime(began);
        await process.WaitForExitAsync();
        return new Measured(process.ExitCode, cpu, wall, peak >> 10);
    }

    private static long Peak(int process) =>
        File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
            : 0;
}
