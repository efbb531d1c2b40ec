namespace Digest.Worker.Outbox;

/// <summary>A mail that this worker holds under a lease.</summary>
internal sealed record ClaimedMail
{
    public long Id { get; init; }

    public required string Key { get; init; }

    public MailKind Kind { get; init; }

    public long? SubscriberId { get; init; }

    public long? IssueId { get; init; }

    public required string Recipient { get; init; }

    /// <summary>The recipient's domain as A-labels, lower case.</summary>
    public string Domain { get; init; } = "";

    public required string Payload { get; init; }

    /// <summary>When this worker's right to it ends, by its own clock.</summary>
    public DateTimeOffset ClaimEnds { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Attempts that a server answered before this one.</summary>
    public long Attempts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this the mail is of no use any more; null: <see cref="Patience"/> after the first answer.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a server answered for the first time; null before that.</summary>
    public DateTimeOffset? FirstTriedAt { get; init; }

    /// <summary>How long a mail without an end of its own is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>When to give up; null while no server has answered and the mail has no end of its own.</summary>
    public DateTimeOffset? GivenUpAt => ExpiresAt ?? FirstTriedAt + Patience;
}
