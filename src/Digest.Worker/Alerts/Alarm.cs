namespace Digest.Worker.Alerts;

/// <summary>Something that is wrong and needs the operator.</summary>
/// <param name="Key">What it is about, such as <c>relay</c> or <c>source/arXiv</c>: one alarm stands under a key at a time.</param>
/// <param name="Sentence">What is wrong. Another sentence under the same key is another alarm and is told anew, so nothing that changes
/// by itself (a count, a time) belongs into it: that is for <see cref="Detail"/>.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Alarm(string Key, string Sentence, string Remedy)
{
    /// <summary>Figures as they are now, or what a server said.</summary>
    public string? Detail { get; init; }

    /// <summary>How long it must have stood before it is told: what mends itself sooner needs nobody.</summary>
    public TimeSpan After { get; init; }
}

/// <summary>An alarm as it stands in the database.</summary>
internal sealed record StandingAlarm
{
    public required string Key { get; init; }
    public required string Sentence { get; init; }
    public required string Remedy { get; init; }
    public string? Detail { get; init; }

    /// <summary>When the trouble began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When this sentence was told; null: not yet.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When anything was told under this key.</summary>
    public DateTimeOffset? LastToldAt { get; init; }

    /// <summary>When it ended; null while it stands.</summary>
    public DateTimeOffset? ClearedAt { get; init; }
}
