using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Digest.Bench.Matching;
using Digest.Worker;
using Digest.Worker.Issues;
using Digest.Worker.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Digest.Bench.Workers;

/// <summary>
/// <c>compose SUBSCRIBERS PAPERS [CONNECTION]</c>: all subscribers are due at once and the product composes for them, in one process; on SQLite, or in
/// the empty PostgreSQL database of the connection string. Profiles and papers as the matching bench has them. Then the same for a second day with as
/// many new papers, as it is on all days but the first: papers wait from the day before, and the process has seen the profiles.
/// </summary>
internal static class ComposeBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (subscribers, papers) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        var connection = arguments.Length > 2 ? arguments[2] : $"Data Source={Path.Combine(folder, "digest.db")}";
        await using var app = DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = connection,
            ["Storage:DataFolder"] = folder,
            ["Sender:From"] = "digest@lists.example.org",
        }, adjust: builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        var database = app.Services.GetRequiredService<Database>();
        var world = new SyntheticWorld(1);
        await FillAsync(database, world, subscribers, papers);
        await DayAsync(app, "first day", subscribers, papers);
        await database.WriteAsync(async transaction =>
        {
            await AddPapersAsync(transaction, world, papers + 1, papers);
            await transaction.Connection!.ExecuteAsync("update subscriber set next_due_at = @now", new { now = TypeHandlers.ToText(TimeProvider.System.GetUtcNow()) }, transaction);
        }, CancellationToken.None);
        await DayAsync(app, "second day", subscribers, papers);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task DayAsync(WebApplication app, string day, int subscribers, int papers)
    {
        var connection = app.Configuration["Storage:ConnectionString"]!;
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, served, allocated, paused, since) = (process.TotalProcessorTime, Served(connection), GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), Stopwatch.GetTimestamp());
        var report = await app.Services.GetRequiredService<ComposeIssues>().RunAsync(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(since);
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Engines.Of(connection)}, {day}: {report.Composed} issues with {report.Papers} papers, {report.Empty} empty, of {subscribers} subscribers and {papers} new papers in {took.TotalSeconds:0.0} s; cpu {(process.TotalProcessorTime - cpu).TotalSeconds:0.0} s of ours, {(Served(connection) - served).TotalSeconds:0.0} s of the database; peak {process.PeakWorkingSet64 >> 20} MB; {(GC.GetTotalAllocatedBytes() - allocated) / 1024 / subscribers} kB allocated a subscriber, {(GC.GetTotalPauseDuration() - paused).TotalSeconds:0.0} s paused"));
    }

    private static TimeSpan Served(string connection) =>
        Engines.Of(connection) == Engine.Sqlite ? TimeSpan.Zero : PostgresTime.Now(new NpgsqlConnectionStringBuilder(connection).Port);

    private static Task FillAsync(Database database, SyntheticWorld world, int subscribers, int papers) => database.WriteAsync(async transaction =>
    {
        var seen = Seen();
        await AddPapersAsync(transaction, world, 1, papers);
        await InsertAsync(transaction, "insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, watermark, next_due_at, created_at) values ", 500,
            Enumerable.Range(1, subscribers).Select(key => string.Create(CultureInfo.InvariantCulture, $"('r{key}@example.org', 'r{key}@example.org', 'en', 'UTC', 'daily', 7, 8, '{world.Profile(key)}', 'active', 0, '{seen}', '{seen}')")));
    }, CancellationToken.None);

    private static Task AddPapersAsync(DbTransaction transaction, SyntheticWorld world, int first, int papers)
    {
        var seen = Seen();
        return InsertAsync(transaction, "insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at) values ", 100, Enumerable.Range(first, papers).Select(world.Paper)
            .Select(paper => $"('{paper.WorkKey}', '{paper.Title}', '{paper.Abstract}', '[]', '[\"cs.LG\"]', 'new', 's', '{seen}')"));
    }

    private static string Seen() => TypeHandlers.ToText(TimeProvider.System.GetUtcNow().AddHours(-1));

    private static async Task InsertAsync(DbTransaction transaction, string head, int atOnce, IEnumerable<string> rows)
    {
        foreach (var some in rows.Chunk(atOnce))
            await transaction.Connection!.ExecuteAsync(head + string.Join(',', some), transaction: transaction);
    }
}
