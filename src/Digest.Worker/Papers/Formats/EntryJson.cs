using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digest.Worker.Papers.Formats;

/// <summary>An entry as one line of JSON: absent is null, dates are ISO 8601, texts are readable Unicode.</summary>
internal static class EntryJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(PaperEntry entry) => JsonSerializer.Serialize(
        new
        {
            id = entry.Id,
            version = entry.Version,
            title = entry.Title,
            @abstract = entry.Abstract is { Length: > 0 } ? entry.Abstract : null,
            authors = entry.Authors,
            categories = entry.Categories,
            announce_type = entry.AnnounceType is { } type ? AnnounceTypes.ToText(type) : null,
            published = Iso(entry.Published),
            updated = Iso(entry.Updated),
            doi = entry.Doi,
            url = entry.Url,
            pdf = entry.Pdf,
            code = entry.Code,
            upvotes = entry.Upvotes,
            comment = entry.Comment,
            withdrawn = entry.Withdrawn,
            ids = entry.Ids,
        },
        Plain);

    public static string Line(SetAside aside) => JsonSerializer.Serialize(new { problem = aside.Problem, where = aside.Where }, Plain);

    private static string? Iso(DateTimeOffset? time) => time is not { } value
        ? null
        : value.Offset == TimeSpan.Zero ? value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
