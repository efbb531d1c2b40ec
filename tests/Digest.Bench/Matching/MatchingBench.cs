using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Digest.Bench.Matching;

/// <summary>Many profiles against a day's papers, and the same by one full-text question a subscriber.</summary>
internal static class MatchingBench
{
    private const int LargestForFts5 = 100_000;
    private const int Best = 8;
    private const int Runs = 15;

    public static int Run(string[] args)
    {
        var (profiles, papers, seed) = (Number(args, "--profiles", 10_000), Number(args, "--papers", 1_000), Number(args, "--seed", 1));
        var world = new SyntheticWorld(seed);
        var day = Enumerable.Range(1, papers).Select(world.Paper).ToList();
        using var stored = new StoredProfiles(world, profiles);
        Settle();
        var (index, load, loadCpu) = stored.Cold();
        Settle();
        var settled = GC.GetTotalMemory(true) / 1e6;
        var cpu = new List<double>();
        long hits = 0;
        for (var run = 0; run < Runs; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            hits = index.Run(day, _ => Best, null).Sum(found => (long)found.Matched);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        cpu.Sort();
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / 1e6;
        var watch = Stopwatch.StartNew();
        index.Add(profiles / 2, world.Profile(profiles + 1));
        var change = watch.Elapsed.TotalMilliseconds;
        index.Add(profiles / 2, world.Profile(profiles / 2));
        var size = stored.Keep(index) / 1e6;
        index = null;
        Settle();
        (index, var warm, var warmCpu) = stored.Warm();
        (long Hits, double Cpu)? theirs = profiles <= LargestForFts5 ? Fts5.Run(world, day, profiles) : null;
        var ratio = theirs?.Cpu / cpu[Runs / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            profiles               {profiles,12:N0}   distinct interests {index.Interests:N0}
            papers                 {papers,12:N0}
            load                   {load,12:F2} s, {loadCpu:F2} of CPU (from the texts of a database)
            warm load              {warm,12:F2} s, {warmCpu:F2} of CPU (from the kept form, {size:F0} MB, each text looked at whether it changed)
            run, median of {Runs}       {cpu[Runs / 2],12:F3} s of CPU ({string.Join(", ", cpu.Select(one => one.ToString("F3", CultureInfo.InvariantCulture)))})
            index                  {settled,12:F0} MB of heap, {settled * 1e6 / profiles:F0} bytes a profile
            peak                   {peak,12:F0} MB of the whole process
            one changed profile    {change,12:F2} ms
            hits                   {hits,12:N0}
            FTS5                   {(theirs is { } t ? $"{t.Cpu.ToString("F2", CultureInfo.InvariantCulture)} s of CPU, {t.Hits:N0} hits, {ratio:F0} times slower" : "left out above 100,000 profiles")}
            """));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            profiles,
            papers,
            load_s = Math.Round(load, 3),
            run_cpu_s = Math.Round(cpu[Runs / 2], 4),
            peak_mb = Math.Round(peak, 1),
            hits,
            fts5_cpu_s = theirs?.Cpu,
            ratio,
        }));
        return theirs is { } counted && counted.Hits != hits ? 1 : 0;
    }

    /// <summary>What the bench itself threw away must not be counted as the index's memory.</summary>
    private static void Settle() => GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static int Number(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
