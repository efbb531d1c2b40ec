using System.Globalization;

namespace Digest.Bench.Workers;

/// <summary>Processor time of a PostgreSQL on this machine, as Linux counts it: the postmaster, its children that ended and those that live.</summary>
internal static class PostgresTime
{
    private const double TicksPerSecond = 100;

    /// <param name="port">The port that it was started with (<c>-p PORT</c>).</param>
    public static TimeSpan Now(int port)
    {
        var master = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).First(pid => IsMaster(pid!, port))!;
        var stats = Directory.EnumerateDirectories("/proc").Select(folder => Stat(Path.GetFileName(folder)!)).Where(fields => fields is not null).ToList();
        var own = Stat(master)!;
        var ticks = Ticks(own, 11, 4) + stats.Where(fields => fields![1] == master).Sum(fields => Ticks(fields!, 11, 2));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static bool IsMaster(string pid, int port)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return line[0].EndsWith("/postgres", StringComparison.Ordinal) && line.Contains(port.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The fields behind the name: state, parent, and so on (proc(5)).</summary>
    private static string[]? Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Ticks(string[] fields, int first, int count) => fields.Skip(first).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
}
