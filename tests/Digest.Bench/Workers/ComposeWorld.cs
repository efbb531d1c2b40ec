using System.Data.Common;
using System.Globalization;
using Dapper;
using Digest.Bench.Matching;
using Digest.Worker;
using Digest.Worker.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Workers;

/// <summary>The database of <see cref="ComposeBench"/>.</summary>
internal static class ComposeWorld
{
    public static WebApplication Open(string connection, string folder) => DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
    {
        ["Storage:ConnectionString"] = connection,
        ["Storage:DataFolder"] = folder,
        ["Sender:From"] = "digest@lists.example.org",
    }, adjust: builder => builder.Logging.ClearProviders());

    /// <summary>Makes the database where there is none, puts subscribers and papers in, and makes everybody due.</summary>
    public static async Task<int> FillAsync(int subscribers, int firstPaper, int papers, string connection)
    {
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        await using (var app = Open(connection, folder))
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            var world = new SyntheticWorld(1);
            await app.Services.GetRequiredService<Database>().WriteAsync(async transaction =>
            {
                var seen = Seen();
                await InsertAsync(transaction, "insert into paper (work_key, title, abstract, authors, categories, announce_type, source, seen_at) values ", 100, Enumerable.Range(firstPaper, papers).Select(world.Paper)
                    .Select(paper => $"('{paper.WorkKey}', '{paper.Title}', '{paper.Abstract}', '[]', '[\"cs.LG\"]', 'new', 's', '{seen}')"));
                await transaction.Connection!.ExecuteAsync("update subscriber set next_due_at = @now", new { now = TypeHandlers.ToText(TimeProvider.System.GetUtcNow()) }, transaction);
                await InsertAsync(transaction, "insert into subscriber (email, email_key, language, timezone, cadence, hour, cap, profile, state, watermark, next_due_at, created_at) values ", 500,
                    Enumerable.Range(1, subscribers).Select(key => string.Create(CultureInfo.InvariantCulture, $"('r{key}@example.org', 'r{key}@example.org', 'en', 'UTC', 'daily', 7, 8, '{world.Profile(key)}', 'active', 0, '{seen}', '{seen}')")));
            }, CancellationToken.None);
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static string Seen() => TypeHandlers.ToText(TimeProvider.System.GetUtcNow().AddHours(-1));

    private static async Task InsertAsync(DbTransaction transaction, string head, int atOnce, IEnumerable<string> rows)
    {
        foreach (var some in rows.Chunk(atOnce))
            await transaction.Connection!.ExecuteAsync(head + string.Join(',', some), transaction: transaction);
    }
}
