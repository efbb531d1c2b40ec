using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Digest.Bench.Matching;
using Digest.Worker;
using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Retention;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Operations;

/// <summary>
/// <c>years [MONTHS] [READERS] [PAPERS]</c>: the days of so many months, one after the other in one process: each day a file with so many new
/// papers (none at weekends), harvest, issues, delivery by SMTP, the watch, retention. Tells month by month what memory, handles and database do.
/// </summary>
internal static class YearsBench
{
    private static readonly DateTimeOffset First = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] arguments)
    {
        int Number(int index, int otherwise) => arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;
        var (months, readers, papers) = (Number(0, 24), Number(1, 200), Number(2, 250));
        if (SmtpSink.Missing is { } missing)
        {
            Console.WriteLine(missing);
            return 2;
        }
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        var source = Directory.CreateDirectory(Path.Combine(folder, "papers")).FullName;
        using var sink = await SmtpSink.StartAsync();
        var clock = new SteppedClock(First);
        var world = new SyntheticWorld(8);
        try
        {
            await using var app = DigestHost.Build(clock, Settings(sink, folder, source), adjust: builder => builder.Logging.ClearProviders());
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            for (var reader = 1; reader <= readers; reader++)
                await app.Services.GetRequiredService<Subscriptions>().AddAsync(new SubscriberDraft { Email = $"reader{reader}@example.org", Interests = world.Profile(reader), Timezone = "UTC", Hour = "7" }, "bench", null, CancellationToken.None);
            Console.WriteLine("month  issues   mails  heap MB  RSS MB  handles  threads  database MB  free MB  CPU s/day");
            var (sent, next) = (0L, 0);
            for (var month = 1; month <= months; month++)
            {
                var cpu = Process.GetCurrentProcess().TotalProcessorTime;
                var days = (First.AddMonths(month) - First.AddMonths(month - 1)).Days;
                for (var day = 0; day < days; day++)
                {
                    clock.Now = First.AddMonths(month - 1).AddDays(day);
                    next = Announce(source, world, clock.Now, next, papers);
                    sent += await DayAsync(app.Services, clock);
                }
                Tell(month, sent, folder, await RowsAsync(app.Services), (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / days);
            }
            await ExplainAsync(app.Services);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> Settings(SmtpSink sink, string folder, string source)
    {
        var settings = sink.Settings(4);
        settings["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}";
        settings["Storage:DataFolder"] = folder;
        settings["Sender:From"] = "digest@lists.example.org";
        settings["Papers:Sources:0:Kind"] = "file";
        settings["Papers:Sources:0:Path"] = source;
        return settings;
    }

    /// <summary>The day's file takes the place of the one before.</summary>
    private static int Announce(string source, SyntheticWorld world, DateTimeOffset day, int next, int papers)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return next;
        File.WriteAllLines(Path.Combine(source, "day.jsonl"), Enumerable.Range(next, papers).Select(world.Paper).Select(paper => JsonSerializer.Serialize(new
        {
            id = paper.WorkKey,
            title = paper.Title,
            @abstract = paper.Abstract,
            authors = new[] { "Ada Example", "Ben Sample", "Chris Model" },
            categories = new[] { "cs.LG", "cs.CL" },
            announced = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            announce_type = "new",
            url = "https://example.org/" + paper.WorkKey,
        })));
        return next + papers;
    }

    /// <summary>What the schedule does in a day, at its hours.</summary>
    private static async Task<long> DayAsync(IServiceProvider services, SteppedClock clock)
    {
        await services.GetRequiredService<Harvest>().RunAsync(CancellationToken.None);
        clock.Now = clock.Now.AddHours(1).AddMinutes(1);
        await services.GetRequiredService<ComposeIssues>().WhenReadyAsync(CancellationToken.None);
        var report = await services.GetRequiredService<DeliveryRun>().RunAsync(CancellationToken.None);
        for (var hour = 0; hour < 4; hour++)
        {
            clock.Now = clock.Now.AddHours(4);
            await services.GetRequiredService<Watch>().RunAsync(CancellationToken.None);
            await services.GetRequiredService<Readiness>().AskAsync(CancellationToken.None);
            await services.GetRequiredService<MeasureStore>().ReadAsync(clock.Now, CancellationToken.None);
            await services.GetRequiredService<Forget>().RunAsync(CancellationToken.None);
        }
        return report.Sent;
    }

    private static void Tell(int month, long sent, string folder, (long Issues, long Free) rows, double cpu)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        var handles = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        var database = new FileInfo(Path.Combine(folder, "digest.db")).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{month,5} {rows.Issues,7} {sent,7} {heap / 1e6,8:0.0} {self.WorkingSet64 / 1e6,7:0} {handles,8} {self.Threads.Count,8} {database / 1e6,12:0.0} {rows.Free / 1e6,8:0.0} {cpu,10:0.00}"));
    }

    private static Task<(long Issues, long Free)> RowsAsync(IServiceProvider services) => services.GetRequiredService<Database>().ReadAsync(async connection =>
        (await connection.ExecuteScalarAsync<long>("select count(*) from issue"),
            await connection.ExecuteScalarAsync<long>("select freelist_count * page_size from pragma_freelist_count, pragma_page_size")), CancellationToken.None);

    /// <summary>What the tables hold; the rest of the file is indexes and room within pages.</summary>
    private static async Task ExplainAsync(IServiceProvider services)
    {
        foreach (var (table, rows, octets) in (await services.GetRequiredService<Database>().ReadAsync(ContentAsync, CancellationToken.None)).OrderByDescending(part => part.Octets).Take(12))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table,-24} {rows,9} rows {octets / 1e6,8:0.0} MB"));
    }

    private static async Task<IReadOnlyList<(string Table, long Rows, long Octets)>> ContentAsync(DbConnection connection)
    {
        var parts = new List<(string, long, long)>();
        foreach (var table in (await connection.QueryAsync<string>("select name from sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like 'sqlite_%'")).AsList())
        {
            var columns = await connection.QueryAsync<string>("select name from pragma_table_info(@table)", new { table });
            var octets = string.Join(" + ", columns.Select(column => $"coalesce(length(cast(\"{column}\" as blob)), 0)"));
            var (rows, sum) = await connection.QuerySingleAsync<(long, long)>($"select count(*), coalesce(sum({octets}), 0) from \"{table}\"");
            parts.Add((table, rows, sum));
        }
        return parts;
    }
}
