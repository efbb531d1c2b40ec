namespace Digest.Worker.Mailbox.Understanding.Bounces;

/// <summary>All that a bounce says of one recipient.</summary>
/// <param name="Status">The Status field.</param>
/// <param name="Diagnostic">The server's own words.</param>
/// <param name="Context">The words around the address in the readable part; weaker, because boilerplate stands there too.</param>
internal sealed record FailureEvidence(string? Status, string Diagnostic, string Context)
{
    /// <summary>A delivery report speaks, and not prose.</summary>
    public bool IsReport { get; init; }
}
