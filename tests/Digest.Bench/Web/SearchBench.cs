using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Digest.Bench.Matching;
using Digest.Worker;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Storage;
using Digest.Worker.Web.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Web;

/// <summary>
/// <c>search [PAPERS]</c>: the search over real papers (the page that the product is modelled on, Hugging Face's, a week of arXiv), repeated under
/// other ids up to so many: milliseconds for each query, and how many of the model page's papers its query finds among the first 200.
/// </summary>
internal static class SearchBench
{
    private const string ModelQuery = "quadratic activation function neural network training";
    private const int Rounds = 15;

    private static readonly string[] Queries =
    [
        ModelQuery, "diffusion models", "neural network", "\"state of the art\"", "pretraining", "author:Zhang and cat:cs.CV", "quantiz*", "large language model or vision language model -survey",
        "reinforcement learning from human feedback for code generation", "wormhole", "cat:cs.LG",
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var wanted = arguments is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        await using var app = DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}",
            ["Storage:DataFolder"] = folder,
            ["Sender:From"] = "digest@lists.example.org",
        }, adjust: builder => builder.Logging.ClearProviders());
        try
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            var seed = Read("seed/papers.jsonl");
            var once = seed.Concat(Read("hf/daily_papers.jsonl.gz")).ToList();
            await FillAsync(app.Services, once);
            Report(seed, await app.Services.GetRequiredService<PaperSearch>().FindAsync(ModelQuery, CancellationToken.None), once.Count);
            var week = once.Concat(Directory.GetFiles(SharedData.Path("week"), "*.jsonl").Order().SelectMany(file => Read(file))).ToList();
            await FillAsync(app.Services, [.. Enumerable.Range(0, wanted - once.Count).Select(place => week[place % week.Count] with
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{20 + (place / 1_000_000 % 80):00}01.{place % 100_000:00000}"),
                Ids = new Dictionary<string, string>(),
                Url = null,
                Pdf = null,
                Doi = null,
            })]);
            await MeasureAsync(app.Services);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(IServiceProvider services, List<PaperEntry> entries)
    {
        var watch = Stopwatch.StartNew();
        foreach (var some in entries.Chunk(2_000))
            await services.GetRequiredService<PaperStore>().AddAsync("bench", new Fetched(some, [], null), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Console.WriteLine($"stored {entries.Count} in {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        while (await services.GetRequiredService<WordReading>().ReadSomeAsync(CancellationToken.None) > 0)
        {
        }
        Console.WriteLine($"read their words in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void Report(List<PaperEntry> seed, SearchResult found, int papers)
    {
        var titles = found.Matches.Select(match => match.Paper.Title).ToHashSet();
        var hits = seed.Count(entry => titles.Contains(entry.Title));
        Console.WriteLine($"recall of the model page among the first {found.Matches.Count} of {papers}: {hits} of {seed.Count} = {100.0 * hits / seed.Count:0.0} %");
    }

    private static async Task MeasureAsync(IServiceProvider services)
    {
        var search = services.GetRequiredService<PaperSearch>();
        var process = Process.GetCurrentProcess();
        var worst = 0.0;
        Console.WriteLine($"papers {await services.GetRequiredService<PaperStore>().CountAsync(CancellationToken.None)}");
        await search.FindAsync("warm up", CancellationToken.None);
        foreach (var query in Queries)
        {
            var first = Stopwatch.StartNew();
            var found = await search.FindAsync(query, CancellationToken.None);
            first.Stop();
            process.Refresh();
            var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
            for (var i = 0; i < Rounds; i++)
                await search.FindAsync(query, CancellationToken.None);
            process.Refresh();
            var each = watch.Elapsed.TotalMilliseconds / Rounds;
            worst = Math.Max(worst, each);
            Console.WriteLine($"{each,7:0.0} ms ({(process.TotalProcessorTime - cpu).TotalMilliseconds / Rounds,6:0.0} cpu, first {first.Elapsed.TotalMilliseconds,6:0.0}) {found.Matches.Count,4} {query}");
        }
        Console.WriteLine(JsonSerializer.Serialize(new { worst_ms = Math.Round(worst, 1), peak_mb = process.PeakWorkingSet64 >> 20 }));
    }

    private static List<PaperEntry> Read(string file)
    {
        using var content = File.OpenRead(SharedData.Path(file));
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : (Stream)content;
        return [.. JsonLinesFormat.Read(plain, file).Entries];
    }
}
