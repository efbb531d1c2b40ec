using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Digest.Worker.Papers;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Site;

namespace Digest.Bench.Web;

/// <summary>
/// <c>search [PAPERS]</c>: the search over real papers (the page that the product is modelled on, Hugging Face's, a week of arXiv), repeated under
/// other ids up to so many: milliseconds for each query, and how many of the model page's papers its query finds among the first 200.
/// </summary>
internal static class SearchBench
{
    public const string ModelQuery = "quadratic activation function neural network training";
    private const int Rounds = 15;

    public static readonly string[] Queries =
    [
        ModelQuery, "diffusion models", "neural network", "\"state of the art\"", "pretraining", "author:Zhang and cat:cs.CV", "quantiz*", "large language model or vision language model -survey",
        "reinforcement learning from human feedback for code generation", "wormhole", "cat:cs.LG",
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var wanted = arguments is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 100_000;
        await using var stored = await StoredPapers.CreateAsync();
        var seed = StoredPapers.Read("seed/papers.jsonl");
        var once = seed.Concat(StoredPapers.Read("hf/daily_papers.jsonl.gz")).ToList();
        await stored.AddAsync(once);
        Report(seed, await stored.Get<PaperSearch>().FindAsync(ModelQuery, 0, PaperSearch.Most, CancellationToken.None), once.Count);
        await stored.FillAsync(wanted);
        await MeasureAsync(stored);
        return 0;
    }

    private static void Report(List<PaperEntry> seed, SearchResult found, int papers)
    {
        var titles = found.Matches.Select(match => match.Paper.Title).ToHashSet();
        var hits = seed.Count(entry => titles.Contains(entry.Title));
        Console.WriteLine($"recall of the model page among the first {found.Matches.Count} of {papers}: {hits} of {seed.Count} = {100.0 * hits / seed.Count:0.0} %");
    }

    private static async Task MeasureAsync(StoredPapers services)
    {
        var search = services.Get<PaperSearch>();
        var process = Process.GetCurrentProcess();
        var worst = 0.0;
        Console.WriteLine($"papers {await services.Get<PaperStore>().CountAsync(CancellationToken.None)}");
        await search.FindAsync("warm up", 0, PaperSearch.Most, CancellationToken.None);
        foreach (var query in Queries)
        {
            var first = Stopwatch.StartNew();
            var found = await search.FindAsync(query, 0, ListedPapers.PageSize, CancellationToken.None);
            first.Stop();
            process.Refresh();
            var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
            for (var i = 0; i < Rounds; i++)
                await search.FindAsync(query, 0, ListedPapers.PageSize, CancellationToken.None);
            process.Refresh();
            var each = watch.Elapsed.TotalMilliseconds / Rounds;
            worst = Math.Max(worst, each);
            Console.WriteLine($"{each,7:0.0} ms ({(process.TotalProcessorTime - cpu).TotalMilliseconds / Rounds,6:0.0} cpu, first {first.Elapsed.TotalMilliseconds,6:0.0}) {found.Total,4} {query}");
        }
        Console.WriteLine(JsonSerializer.Serialize(new { worst_ms = Math.Round(worst, 1), kept = services.Get<ReadPapers>().Count, kept_mb = services.Get<ReadPapers>().Octets / 1_000_000, peak_mb = process.PeakWorkingSet64 >> 20 }));
    }
}
