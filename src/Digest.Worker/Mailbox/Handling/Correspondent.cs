namespace Digest.Worker.Mailbox.Handling;

/// <summary>Whom a mail is about, and what proves it.</summary>
/// <param name="IssueId">0 where no issue is named.</param>
/// <param name="MessageId">The Message-ID of ours that the mail names; null where it names none.</param>
/// <param name="AnswersLetter">The mail answers a letter, which only the reader's own mailbox got: no issue that somebody forwarded.</param>
internal sealed record Correspondent(long SubscriberId, long IssueId, Proof Proof, string? MessageId, bool AnswersLetter);

internal enum Proof
{
    /// <summary>The token of a reply address: whoever writes there has read the mail.</summary>
    ReplyToken,

    /// <summary>In-Reply-To or References name a mail of ours; its Message-ID cannot be guessed.</summary>
    OurMessageId,

    /// <summary>The token of a return path: says whose mail came back and gives no authority.</summary>
    BounceToken,

    /// <summary>The returned original names us: as the return path.</summary>
    Returned,

    /// <summary>From is a subscriber's address and our own border says that it is true (RFC 8601).</summary>
    Authenticated,

    /// <summary>From is a subscriber's address, which anybody can write.</summary>
    Claimed,
}
