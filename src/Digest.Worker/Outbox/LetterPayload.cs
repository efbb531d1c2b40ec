using System.Text.Json;

namespace Digest.Worker.Outbox;

/// <summary>What a letter is rendered from. It is stored with the mail, so that every attempt yields the same bytes.</summary>
internal sealed record LetterPayload
{
    /// <summary>BCP 47 tag of the reader's language.</summary>
    public string Language { get; init; } = "en";

    public string? Name { get; init; }

    /// <summary>The profile as written, one interest each.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>When the next issue comes, in the reader's own zone; null where none will.</summary>
    public DateTime? NextIssue { get; init; }

    /// <summary><c>daily</c>, <c>weekdays</c> or <c>weekly:DAY</c>.</summary>
    public string Cadence { get; init; } = "daily";

    /// <summary>0 to 23, in <see cref="Timezone"/>.</summary>
    public int Hour { get; init; }

    /// <summary>IANA name.</summary>
    public string Timezone { get; init; } = "UTC";

    /// <summary>Paragraphs of an answer or an alarm.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this);

    public static LetterPayload Parse(string json) => JsonSerializer.Deserialize<LetterPayload>(json) ?? new LetterPayload();
}
