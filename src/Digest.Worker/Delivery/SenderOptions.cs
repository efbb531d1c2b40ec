namespace Digest.Worker.Delivery;

/// <summary>The settings under <c>Sender</c>: who the mails are from.</summary>
internal sealed record SenderOptions
{
    /// <summary>The address in From. Its domain is the one in Message-IDs and the DKIM signature.</summary>
    public string From { get; init; } = "digest@localhost.localdomain";

    /// <summary>The name in From and of the service.</summary>
    public string Name { get; init; } = "Digest";

    /// <summary>The mailbox that reads replies and bounces; tokens are put behind its local part. Null: <see cref="From"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What parts the local part of the mailbox from the token behind it, as our mail server is set: <c>+</c>, <c>-</c>, <c>=</c>, <c>_</c>, <c>.</c> or <c>#</c>.</summary>
    public string Delimiter { get; init; } = "+";

    /// <summary>The operator's postal address in the footer, which many laws ask for.</summary>
    public string? PostalAddress { get; init; }

    public string ReplyMailbox => string.IsNullOrWhiteSpace(ReplyTo) ? From : ReplyTo;

    public string Domain => From[(From.LastIndexOf('@') + 1)..];
}
