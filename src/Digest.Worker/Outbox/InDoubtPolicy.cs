namespace Digest.Worker.Outbox;

/// <summary>What becomes of a mail whose final answer was lost.</summary>
internal enum InDoubtPolicy
{
    /// <summary>It is sent again with the same Message-ID and the same bytes: at worst a repeat that a mail reader can fold.</summary>
    Resend,

    /// <summary>It waits for an operator: at worst a mail that never came.</summary>
    Hold,
}
