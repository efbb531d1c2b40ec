namespace Digest.Worker.Outbox;

/// <summary>The states of a mail in the outbox.</summary>
internal enum OutboxState
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>A worker holds it under a lease; nothing of it has been accepted by a server.</summary>
    Claimed,

    /// <summary>The final dot may have been sent and its answer is not known (RFC 1047).</summary>
    InDoubt,

    /// <summary>The server answered 250 to the message.</summary>
    Sent,

    /// <summary>A temporary refusal; due again later.</summary>
    Deferred,

    /// <summary>A permanent refusal, or a delivery status notification after the sending.</summary>
    Bounced,

    /// <summary>Taken back before it was sent: unsubscribed, suppressed or removed.</summary>
    Suppressed,

    /// <summary>Not sent in time.</summary>
    Expired,
}
