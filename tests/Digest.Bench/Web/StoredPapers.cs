using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Digest.Bench.Matching;
using Digest.Worker;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Storage;
using Digest.Worker.Web.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Bench.Web;

/// <summary>
/// An installation full of real papers (the page that the product is modelled on, Hugging Face's, a week of arXiv), repeated under other ids up
/// to as many as are wanted, their words read.
/// </summary>
internal sealed class StoredPapers : IAsyncDisposable
{
    private readonly WebApplication app;

    private StoredPapers(WebApplication app, string folder) => (this.app, Folder) = (app, folder);

    public string Folder { get; }

    public string ConnectionString => $"Data Source={Path.Combine(Folder, "digest.db")}";

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<StoredPapers> CreateAsync(string? publicUrl = null)
    {
        var folder = Directory.CreateTempSubdirectory("digest-bench-").FullName;
        var app = DigestHost.Build(TimeProvider.System, new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "digest.db")}",
            ["Storage:DataFolder"] = folder,
            ["Sender:From"] = "digest@lists.example.org",
            ["Web:PublicUrl"] = publicUrl,
        }, adjust: builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        return new StoredPapers(app, folder);
    }

    public static List<PaperEntry> Read(string file)
    {
        using var content = File.OpenRead(SharedData.Path(file));
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : (Stream)content;
        return [.. JsonLinesFormat.Read(plain, file).Entries];
    }

    /// <summary>Hugging Face's and the week's papers under ids of our own, until there are so many in all.</summary>
    public async Task FillAsync(int wanted)
    {
        var papers = Read("hf/daily_papers.jsonl.gz").Concat(Directory.GetFiles(SharedData.Path("week"), "*.jsonl").Order().SelectMany(Read)).ToList();
        var missing = wanted - (int)await Get<PaperStore>().CountAsync(CancellationToken.None);
        await AddAsync([.. Enumerable.Range(0, Math.Max(0, missing)).Select(place => papers[place % papers.Count] with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{20 + (place / 1_000_000 % 80):00}01.{place % 100_000:00000}"),
            Ids = new Dictionary<string, string>(),
            Url = null,
            Pdf = null,
            Doi = null,
        })]);
    }

    public async Task AddAsync(List<PaperEntry> entries)
    {
        var watch = Stopwatch.StartNew();
        foreach (var some in entries.Chunk(2_000))
            await Get<PaperStore>().AddAsync("bench", new Fetched(some, [], null), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Console.WriteLine($"stored {entries.Count} in {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        while (await Get<WordReading>().ReadSomeAsync(CancellationToken.None) > 0)
        {
        }
        Console.WriteLine($"read their words in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
