namespace Digest.Worker.Retention.Story;

/// <summary>All that happened to one subscriber since a moment, as it is stored.</summary>
internal sealed record StoryRows(IReadOnlyList<IssueRow> Issues, IReadOnlyList<MailRow> Mails, IReadOnlyList<ReceivedRow> Received, IReadOnlyList<ReturnedRow> Returned, IReadOnlyList<ChangeRow> Changes, string? Suppression);

// With properties, not positions: an empty result tells nothing of its columns' types.
internal sealed record IssueRow
{
    public long Id { get; init; }
    public DateTimeOffset ComposedAt { get; init; }
    public DateOnly LocalDate { get; init; }
    public long Papers { get; init; }

    /// <summary>JSON.</summary>
    public string Receipt { get; init; } = "{}";
}

internal sealed record MailRow
{
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public long? IssueId { get; init; }
    public long Attempts { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? Answer { get; init; }
}

internal sealed record ReceivedRow
{
    public DateTimeOffset ReceivedAt { get; init; }
    public string Kind { get; init; } = "";
    public string Decision { get; init; } = "";
    public string Effect { get; init; } = "";
}

internal sealed record ReturnedRow
{
    public DateTimeOffset CreatedAt { get; init; }
    public string Severity { get; init; } = "";
    public string Reason { get; init; } = "";
    public string? Status { get; init; }
    public long Counts { get; init; }
}

internal sealed record ChangeRow
{
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>JSON of how it was before.</summary>
    public string Before { get; init; } = "{}";
    public long Undone { get; init; }
}
