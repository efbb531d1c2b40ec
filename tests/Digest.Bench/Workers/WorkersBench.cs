using System.Diagnostics;
using System.Globalization;
using Digest.Bench.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Storage.Postgres;
using Npgsql;

namespace Digest.Bench.Workers;

/// <summary>
/// <c>workers MAILS CONNECTION</c>: stored issues, sent by one worker and then by four, each a process with 8 connections, to a server that answers
/// after 50 ms; in databases of their own on the PostgreSQL of the connection string. Tells mails a second and what a mail costs the workers and the database's processes.
/// </summary>
internal static class WorkersBench
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var mails = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var one = await OneAsync(arguments[1], mails, 1);
        var four = await OneAsync(arguments[1], 4 * mails, 4);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"4 workers: {four / one:0.00} times 1"));
        return 0;
    }

    private static async Task<double> OneAsync(string server, int mails, int workers)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        using var sink = new LatencySink(Latency);
        await using (var dialect = new PostgresDialect(new StorageOptions { ConnectionString = connection }, TimeProvider.System))
        {
            await new Migrations(new Database(dialect), TimeProvider.System).ApplyAsync(CancellationToken.None);
            await BenchIssues.FillAsync(new Database(dialect), mails, BenchInstallation.Now);
        }
        await ExecuteAsync(connection, "vacuum analyze");
        var processes = Enumerable.Range(0, workers).Select(i => Start(connection, Path.Combine(folder, $"{i}"), sink.Port)).ToList();
        var port = new NpgsqlConnectionStringBuilder(server).Port;
        // The start of the processes is not what is measured: what they run is compiled for half a minute.
        while (sink.Accepted < mails / 2)
            await Task.Delay(5);
        var (before, own, cpu, since) = (sink.Accepted, Own(processes), PostgresTime.Now(port), Stopwatch.GetTimestamp());
        while (sink.Accepted < mails * 19 / 20)
            await Task.Delay(5);
        var (sent, took, spent, cost) = (sink.Accepted - before, Stopwatch.GetElapsedTime(since), Own(processes) - own, PostgresTime.Now(port) - cpu);
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{workers} workers: {sent / took.TotalSeconds:0} mails/s over {sent} mails; workers {spent.TotalMilliseconds / sent:0.00} ms CPU a mail, database {cost.TotalMilliseconds / sent:0.000} ms; accepted {sink.Accepted} of {mails}"));
        await ExecuteAsync(server, $"drop database {name} with (force)");
        Directory.Delete(folder, recursive: true);
        return sent / took.TotalSeconds;
    }

    /// <summary>The workers' processor time until now. A run that is so short that one of them has ended already is too short to be measured.</summary>
    private static TimeSpan Own(List<Process> workers)
    {
        workers.ForEach(worker => worker.Refresh());
        if (workers.Exists(worker => worker.HasExited))
            throw new InvalidOperationException("A worker ended before nearly all was sent: ask for more mails (4000 or more), or start one by hand to see what it says.");
        return TimeSpan.FromSeconds(workers.Sum(worker => worker.TotalProcessorTime.TotalSeconds));
    }

    private static Process Start(string connection, string folder, int port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OutboxStore).Assembly.Location, "deliveries", "run"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Storage__ConnectionString"] = connection,
            ["Storage__DataFolder"] = folder,
            ["Sender__From"] = "digest@lists.example.org",
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Smtp__Connections"] = "8",
            ["Web__OperatorUrls"] = "http://127.0.0.1:0",
        })
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
