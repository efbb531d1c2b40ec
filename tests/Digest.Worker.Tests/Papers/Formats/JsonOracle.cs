using System.Globalization;
using System.Text.Json.Nodes;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>Readings of the JSON formats straight from their definitions.</summary>
internal static class JsonOracle
{
    public static IReadOnlyList<Expected> HuggingFace(string path) =>
    [
        .. Load(path).AsArray().Select(day =>
        {
            var paper = day!["paper"]!;
            return new Expected(Text(paper["id"])!, null, Text(paper["title"])!,
                [.. paper["authors"]!.AsArray().Where(author => author!["hidden"]?.GetValue<bool>() != true).Select(author => Text(author!["name"])!)], [])
            { Published = Day(Text(paper["publishedAt"])), Upvotes = paper["upvotes"]!.GetValue<int>() };
        }),
    ];

    public static IReadOnlyList<Expected> Preprints(string path) =>
    [
        .. Load(path)["collection"]!.AsArray().Select(row => new Expected(Text(row!["doi"])!, int.Parse(row["version"]!.ToString(), CultureInfo.InvariantCulture), Text(row["title"])!,
            [.. Text(row["authors"])!.Split(';').Select(Around).Where(name => name.Length > 0)], [Text(row["category"])!])
        { Published = Day(Text(row["date"])), Doi = Text(row["doi"]) }),
    ];

    public static IReadOnlyList<Expected> OpenAlex(string path) =>
    [
        .. Load(path)["results"]!.AsArray().Select(work => new Expected(Text(work!["id"])!.Split('/')[^1], null, Text(work["title"])!,
            [.. work["authorships"]!.AsArray().Select(authorship => Text(authorship!["author"]!["display_name"])!)],
            [.. (work["topics"]?.AsArray() ?? []).Select(topic => Text(topic!["display_name"])!).Distinct()])
        { Published = Day(Text(work["publication_date"])), Doi = Text(work["doi"])?.Replace("https://doi.org/", "", StringComparison.Ordinal) }),
    ];

    public static IReadOnlyList<Expected> Crossref(string path)
    {
        var message = Load(path)["message"]!;
        var works = message["items"] is JsonArray items ? items.Select(item => item!) : [message];
        return
        [
            .. works.Select(work =>
            {
                var parts = new[] { "published", "published-online", "published-print", "posted", "issued", "created" }.Select(name => work[name]).First(date => date is not null)!["date-parts"]![0]!.AsArray();
                return new Expected(Text(work["DOI"])!, null, Text(work["title"]![0])!,
                    [.. (work["author"]?.AsArray() ?? []).Select(author => author!["name"] is { } name ? Text(name)! : string.Join(' ', new[] { Text(author["given"]), Text(author["family"]) }.Where(part => part is not null)))],
                    [.. (work["subject"]?.AsArray() ?? []).Select(subject => Text(subject)!)])
                { Published = new DateTimeOffset(parts[0]!.GetValue<int>(), parts.Count > 1 ? parts[1]!.GetValue<int>() : 1, parts.Count > 2 ? parts[2]!.GetValue<int>() : 1, 0, 0, 0, TimeSpan.Zero), Doi = Text(work["DOI"]) };
            }),
        ];
    }

    public static IReadOnlyList<Expected> OpenReview(string path) =>
    [
        .. Load(path)["notes"]!.AsArray().Select(note => new Expected(Text(note!["forum"])!, null, Text(note["content"]!["title"]!["value"])!,
            [.. note["content"]!["authors"]!["value"]!.AsArray().Select(author => Text(author)!)], [.. (note["content"]!["keywords"]?["value"]?.AsArray() ?? []).Select(word => Text(word)!)])
        { Published = (note["pdate"] ?? note["cdate"])?.GetValue<long>() is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null }),
    ];

    private static string Around(string name) => name.Split(',') is [var last, var first] ? $"{first.Trim()} {last.Trim()}" : name.Trim();

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static DateTimeOffset? Day(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static JsonNode Load(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
