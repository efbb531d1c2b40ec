namespace Digest.Worker.Mailbox.Understanding;

/// <summary>How a mail was understood, before anybody asked who may command what.</summary>
internal sealed record Explanation
{
    public required InboundKind Kind { get; init; }

    /// <summary>The step that decided, and by what sign.</summary>
    public required string Decision { get; init; }

    /// <summary>The report's own word for what is complained about: <c>abuse</c>, <c>opt-out</c>, <c>not-spam</c>, ...</summary>
    public string? Feedback { get; init; }

    /// <summary>Those that a bounce speaks of.</summary>
    public IReadOnlyList<BouncedRecipient> Recipients { get; init; } = [];

    /// <summary>What the human newly wrote; null where no human wrote.</summary>
    public string? ReplyText { get; init; }

    /// <summary>What the text asks for; null where it asks for nothing.</summary>
    public IReadOnlyList<Commands.MailCommand> Commands { get; init; } = [];

    /// <summary>The human wrote something that is no command.</summary>
    public bool IsUnclear { get; init; }
}

/// <summary>What became of a mail for one recipient (RFC 3464, 2.3).</summary>
internal sealed record BouncedRecipient
{
    /// <summary>Null where the report does not say.</summary>
    public string? Address { get; init; }

    public required DeliveryAction Action { get; init; }

    /// <summary>Null where nothing failed.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Enhanced status code (RFC 3463) such as <c>5.1.1</c>.</summary>
    public string? Status { get; init; }

    /// <summary>One word for the cause, such as <c>mailbox-full</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What the server said, in its own words. Written by strangers: show it as text only.</summary>
    public string Diagnostic { get; init; } = "";
}

/// <summary>The Action field of RFC 3464, 2.3.3.</summary>
internal enum DeliveryAction
{
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// <summary>Whether an address can ever work again.</summary>
internal enum Severity
{
    /// <summary>Never: unknown user, unknown host, moved, no mail accepted there by design.</summary>
    Hard,

    /// <summary>Perhaps tomorrow: full, policy, spam, size, network, expired.</summary>
    Soft,
}
