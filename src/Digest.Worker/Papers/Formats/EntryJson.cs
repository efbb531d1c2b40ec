using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digest.Worker.Papers.Formats;

/// <summary>An entry as one line of JSON: absent is null, dates are ISO 8601, texts are readable Unicode.</summary>
internal static class EntryJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(PaperEntry entry) => Line(json =>
    {
        json.WriteString("id", entry.Id);
        Write(json, "version", entry.Version);
        json.WriteString("title", entry.Title);
        json.WriteString("abstract", entry.Abstract is { Length: > 0 } ? entry.Abstract : null);
        Write(json, "authors", entry.Authors);
        Write(json, "categories", entry.Categories);
        json.WriteString("announce_type", entry.AnnounceType is { } type ? AnnounceTypes.ToText(type) : null);
        json.WriteString("published", Iso(entry.Published));
        json.WriteString("updated", Iso(entry.Updated));
        json.WriteString("doi", entry.Doi);
        json.WriteString("url", entry.Url);
        json.WriteString("pdf", entry.Pdf);
        json.WriteString("code", entry.Code);
        Write(json, "upvotes", entry.Upvotes);
        json.WriteString("comment", entry.Comment);
        json.WriteBoolean("withdrawn", entry.Withdrawn);
        json.WriteStartObject("ids");
        foreach (var (scheme, id) in entry.Ids)
            json.WriteString(scheme, id);
        json.WriteEndObject();
    });

    public static string Line(SetAside aside) => Line(json =>
    {
        json.WriteString("problem", aside.Problem);
        json.WriteString("where", aside.Where);
    });

    private static string Line(Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static string? Iso(DateTimeOffset? time) => time is not { } value
        ? null
        : value.Offset == TimeSpan.Zero ? value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
