namespace Digest.Worker.Mailbox.Understanding;

/// <summary>What a mail that came in is.</summary>
internal enum InboundKind
{
    /// <summary>A server tells that a mail was not delivered, or not yet.</summary>
    Bounce,

    /// <summary>A mailbox provider tells that its user called a mail spam, or that it failed a check (RFC 5965, RFC 6591).</summary>
    Complaint,

    /// <summary>A machine answers for an absent human (RFC 3834).</summary>
    AutoReply,

    Human,

    /// <summary>Machine mail of any other kind: receipts, list traffic, notices.</summary>
    Other,
}
