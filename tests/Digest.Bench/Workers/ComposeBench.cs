using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Digest.Worker.Storage;
using Npgsql;

namespace Digest.Bench.Workers;

/// <summary>
/// <c>compose SUBSCRIBERS PAPERS [CONNECTION [WORKERS]]</c>: all subscribers are due at once and the product composes for them; on SQLite, or in
/// the empty PostgreSQL database of the connection string, there also in several processes, each with its shards. Profiles and papers as the matching
/// bench has them. Then the same for a second day with as many new papers, as it is on all days but the first: papers wait from the day before, and
/// the processes have seen the profiles. What fills the database is a process of its own, so that the peak is that of composing.
/// </summary>
internal static class ComposeBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["fill", var all, var first, var count, var place])
            return await ComposeWorld.FillAsync(int.Parse(all, CultureInfo.InvariantCulture), int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), place);
        if (arguments is ["worker", var part, var of, var database, var own])
            return await ComposeWorker.RunAsync(int.Parse(part, CultureInfo.InvariantCulture), int.Parse(of, CultureInfo.InvariantCulture), database, own);
        var (subscribers, papers) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        var connection = arguments.Length > 2 ? arguments[2] : $"Data Source={Path.Combine(folder, "digest.db")}";
        var workers = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 1;
        await FillAsync(subscribers, 1, papers, connection);
        var processes = Enumerable.Range(0, workers).Select(part => Start("worker", $"{part}", $"{workers}", connection, folder)).ToList();
        await DayAsync(processes, "first day", connection, subscribers, papers);
        await FillAsync(0, papers + 1, papers, connection);
        await DayAsync(processes, "second day", connection, subscribers, papers);
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task DayAsync(List<Process> workers, string day, string connection, int subscribers, int papers)
    {
        foreach (var worker in workers)
            await AskAsync(worker, "ready?");
        var (served, since) = (Served(connection), Stopwatch.GetTimestamp());
        var days = (await Task.WhenAll(workers.Select(worker => AskAsync(worker, "compose")))).Select(answer => JsonSerializer.Deserialize<ComposedDay>(answer)!).ToList();
        var took = Stopwatch.GetElapsedTime(since);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Engines.Of(connection)}, {workers.Count} workers, {day}: {days.Sum(one => one.Issues)} issues with {days.Sum(one => one.Papers)} papers, {days.Sum(one => one.Empty)} empty, of {subscribers} subscribers and {papers} new papers in {took.TotalSeconds:0.0} s; cpu {days.Sum(one => one.Seconds):0.0} s of ours, {(Served(connection) - served).TotalSeconds:0.0} s of the database; peak {days.Max(one => one.PeakMegabytes)} MB a worker; {days.Sum(one => one.Allocated) / 1024 / subscribers} kB allocated a subscriber, {days.Sum(one => one.Paused):0.0} s paused"));
    }

    private static TimeSpan Served(string connection) =>
        Engines.Of(connection) == Engine.Sqlite ? TimeSpan.Zero : PostgresTime.Now(new NpgsqlConnectionStringBuilder(connection).Port);

    private static async Task FillAsync(int subscribers, int first, int papers, string connection)
    {
        using var filling = Start("fill", $"{subscribers}", $"{first}", $"{papers}", connection);
        await filling.WaitForExitAsync();
        if (filling.ExitCode != 0)
            throw new InvalidOperationException($"The database was not filled: exit code {filling.ExitCode}.");
    }

    private static async Task<string> AskAsync(Process worker, string question)
    {
        await worker.StandardInput.WriteLineAsync(question);
        await worker.StandardInput.FlushAsync();
        return await worker.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A worker ended.");
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(ComposeBench).Assembly.Location, "compose", .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
