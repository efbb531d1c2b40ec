using System.Diagnostics;
using System.Text.Json;
using Digest.Worker.Issues;
using Digest.Worker.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Digest.Bench.Workers;

/// <summary>One process of <see cref="ComposeBench"/>: composes once for each line "compose" that it reads, and answers with what it took.</summary>
internal static class ComposeWorker
{
    /// <param name="part">From 0: which of the workers it is; its shards are those that fall to it.</param>
    public static async Task<int> RunAsync(int part, int workers, string connection, string folder)
    {
        IReadOnlyList<int>? shards = workers == 1 ? null : [.. Enumerable.Range(0, Shard.Count).Where(shard => shard % workers == part)];
        await using var app = ComposeWorld.Open(connection, folder);
        var compose = app.Services.GetRequiredService<ComposeIssues>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await Console.Out.WriteLineAsync(line == "compose" ? JsonSerializer.Serialize(await DayAsync(compose, shards)) : "ready");
            await Console.Out.FlushAsync();
        }
        return 0;
    }

    private static async Task<ComposedDay> DayAsync(ComposeIssues compose, IReadOnlyList<int>? shards)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated, paused) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
        var report = await compose.RunAsync(() => shards, CancellationToken.None);
        process.Refresh();
        return new ComposedDay(report.Composed, report.Papers, report.Empty, (process.TotalProcessorTime - cpu).TotalSeconds, process.PeakWorkingSet64 >> 20, GC.GetTotalAllocatedBytes() - allocated,
            (GC.GetTotalPauseDuration() - paused).TotalSeconds);
    }
}

/// <summary>What one worker composed, and what it took.</summary>
/// <param name="Seconds">Of processor time.</param>
/// <param name="PeakMegabytes">The most memory that the process ever held.</param>
/// <param name="Allocated">Octets.</param>
/// <param name="Paused">Seconds in which the collector let nobody work.</param>
internal sealed record ComposedDay(int Issues, int Papers, int Empty, double Seconds, long PeakMegabytes, long Allocated, double Paused);
