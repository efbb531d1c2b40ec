using System.IO.Compression;
using System.Text.Json;

namespace Digest.Bench;

/// <summary>One real text. Kind is "title" or "abstract".</summary>
internal sealed record RealText(string Source, string Id, string Kind, string Text);

/// <summary>The real titles and abstracts beside the repository (<c>../shared/data</c>); nothing where they are absent.</summary>
internal static class RealTexts
{
    public static string Folder => Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data"));

    public static IEnumerable<RealText> All()
    {
        if (!Directory.Exists(Folder))
            return [];
        var weeks = Directory.GetFiles(Path.Combine(Folder, "week"), "*.jsonl").Order();
        return weeks.SelectMany(file => Read("week", File.OpenRead(file)))
            .Concat(Read("hf", new GZipStream(File.OpenRead(Path.Combine(Folder, "hf", "daily_papers.jsonl.gz")), CompressionMode.Decompress)))
            .Concat(Read("seed", File.OpenRead(Path.Combine(Folder, "seed", "papers.jsonl"))))
            .Concat(Feeds())
            .Concat(Preprints());
    }

    private static IEnumerable<RealText> Read(string source, Stream stream)
    {
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var paper = JsonDocument.Parse(line);
            var id = paper.RootElement.TryGetProperty("id", out var given) ? given.ToString() : paper.RootElement.GetProperty("rank").ToString();
            foreach (var kind in (string[])["title", "abstract"])
                if (paper.RootElement.TryGetProperty(kind, out var text) && text.ValueKind == JsonValueKind.String)
                    yield return new RealText(source, id, kind, text.GetString()!);
        }
    }

    // The captures of feeds: titles and summaries, by the names that their elements have.
    private static IEnumerable<RealText> Feeds()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "sources"), "*.xml", SearchOption.AllDirectories).Order())
        {
            foreach (var text in FeedTexts.Read(file))
                yield return text;
        }
    }

    private static IEnumerable<RealText> Preprints()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "sources", "biorxiv"), "*.json").Order())
        {
            using var answer = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var record in answer.RootElement.TryGetProperty("collection", out var records) ? records.EnumerateArray() : [])
                foreach (var kind in (string[])["title", "abstract"])
                    yield return new RealText("preprints", record.GetProperty("doi").GetString()!, kind, record.GetProperty(kind).GetString()!);
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Digest.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("run it inside the repository");
        return folder;
    }
}
