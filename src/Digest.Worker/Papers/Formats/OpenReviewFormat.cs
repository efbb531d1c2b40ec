using System.Globalization;
using System.Text.Json;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>OpenReview notes (https://docs.openreview.net): API 2 wraps each content field in <c>{"value": …}</c>, API 1 does not.</summary>
internal static class OpenReviewFormat
{
    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        JsonRecords.Read(answer, reading, ["notes"], note => Entry(reading, note), (name, member) =>
        {
            if (name == "count")
                reading.Total = member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var count) ? count : null;
            else if (name is "message" or "error" && member.ValueKind == JsonValueKind.String)
                throw new AnswerException($"OpenReview answered: {ReadableText.Title(member.ToString())}");
        });
    }

    private static void Entry(Reading reading, JsonElement note)
    {
        if ((note.Text("forum") ?? note.Text("id")) is not { } id)
        {
            reading.PutAside("no id", $"record {reading.Count + 1}");
            return;
        }
        var content = note.Member("content") ?? default;
        if (ReadableText.Title(Field(content, "title")?.GetString() ?? "") is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var pdf = Field(content, "pdf")?.GetString();
        reading.Add(new PaperEntry
        {
            Id = id,
            Title = title,
            Abstract = ReadableText.Abstract(Field(content, "abstract")?.GetString() ?? ""),
            Authors = AuthorNames.Clean(Strings(content, "authors")),
            Categories = [.. Strings(content, "keywords").Select(ReadableText.Title).Where(word => word.Length > 0).Distinct()],
            Published = Time(note, "pdate") ?? Time(note, "cdate"),
            Updated = Time(note, "mdate"),
            Url = $"https://openreview.net/forum?id={Uri.EscapeDataString(id)}",
            Pdf = pdf?.StartsWith('/') == true ? $"https://openreview.net{pdf}" : WebAddress.Only(pdf),
            Withdrawn = new[] { "venueid", "venue" }.Any(name => Field(content, name)?.GetString() is { } venue && (venue.Contains("withdrawn", StringComparison.OrdinalIgnoreCase) || venue.Contains("desk_rejected", StringComparison.OrdinalIgnoreCase))),
            Ids = EntryIds.Of(("openreview", id)),
        });
    }

    private static JsonElement? Field(JsonElement content, string name) =>
        Value(content, name) is { ValueKind: JsonValueKind.String } text ? text : null;

    private static IEnumerable<string> Strings(JsonElement content, string name) =>
        Value(content, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.Text("fullname") ?? item.Text("name")).OfType<string>() : [];

    private static JsonElement? Value(JsonElement content, string name) =>
        content.Member(name) is { ValueKind: JsonValueKind.Object } wrapped ? wrapped.Member("value") : content.Member(name);

    private static DateTimeOffset? Time(JsonElement note, string name) =>
        long.TryParse(note.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and < 9_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
