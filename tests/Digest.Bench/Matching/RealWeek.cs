using System.Text.Json;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Text;

namespace Digest.Bench.Matching;

/// <summary>Five real announcement days beside the repository, read as a source would bring them.</summary>
internal static class RealWeek
{
    public static IEnumerable<(string Day, List<Paper> Papers)> Days() => Directory.GetFiles(SharedData.Path("week"), "*.jsonl").Order().Select(file =>
        (Path.GetFileNameWithoutExtension(file), File.ReadLines(file).Select(Read).DistinctBy(paper => paper.WorkKey).ToList()));

    private static Paper Read(string line, int number)
    {
        using var json = JsonDocument.Parse(line);
        var paper = json.RootElement;
        return new Paper
        {
            Id = number + 1,
            WorkKey = "arxiv:" + paper.GetProperty("id").GetString(),
            Title = ReadableText.Abstract(paper.GetProperty("title").GetString()!),
            Abstract = ReadableText.Abstract(paper.GetProperty("abstract").GetString()!),
            Authors = Strings(paper, "authors"),
            Categories = Strings(paper, "categories"),
            Upvotes = paper.TryGetProperty("upvotes", out var votes) && votes.ValueKind == JsonValueKind.Number ? votes.GetInt32() : null,
        };
    }

    private static List<string> Strings(JsonElement paper, string name) => [.. paper.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
