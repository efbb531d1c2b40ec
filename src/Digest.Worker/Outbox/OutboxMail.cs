namespace Digest.Worker.Outbox;

/// <summary>A mail that we owe to somebody: an issue, or a letter. Put in once, whatever happens: the key is unique.</summary>
internal sealed record OutboxMail
{
    /// <summary><c>issue/SUBSCRIBER/SLOT</c> or <c>PURPOSE/SUBSCRIBER/OCCASION</c>; the Message-ID is an HMAC of it.</summary>
    public required string Key { get; init; }

    public required MailKind Kind { get; init; }

    public long? SubscriberId { get; init; }

    public long? IssueId { get; init; }

    public required string Recipient { get; init; }

    /// <summary>The recipient's domain as A-labels (RFC 5890), lower case; as it stands where it has none.</summary>
    public string Domain => RecipientDomain.Of(Recipient);

    /// <summary>JSON that a letter is rendered from. Issues are rendered from their stored choice and need none.</summary>
    public string Payload { get; init; } = "{}";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it may be sent; null: at once. An issue is due since its slot, so a clock that is set back does not hold it up.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>After this it is of no use any more and is not sent; null = 24 hours after the first attempt.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
