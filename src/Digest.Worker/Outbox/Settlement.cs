namespace Digest.Worker.Outbox;

/// <summary>What became of a claimed mail.</summary>
/// <param name="From">The state that it must still be in: <see cref="OutboxState.Claimed"/> or <see cref="OutboxState.InDoubt"/>.</param>
/// <param name="Answer">What the server said, or why there was no answer.</param>
/// <param name="DueAt">When to try again; null unless deferred or released.</param>
internal sealed record Settlement(long Id, OutboxState From, OutboxState To, string? Answer, DateTimeOffset? DueAt = null)
{
    /// <summary>An answer about the mail itself counts as an attempt; a host that could not be reached does not.</summary>
    public bool CountsAsAttempt => To is OutboxState.Sent or OutboxState.Deferred or OutboxState.Bounced;

    /// <summary>What the answer was about, for reports; null leaves what stood there.</summary>
    public string? About { get; init; }

    /// <summary>The recipient's domain where the message counts toward the limits; null where there are none, or no server saw it.</summary>
    public string? CountedFor { get; init; }

    /// <summary>Under which the server was given it, where the mark was granted; null: the claim is asked.</summary>
    public string? MessageId { get; init; }
}
