namespace Digest.Worker.Delivery.Dkim;

/// <summary>The settings under <c>Dkim</c>. No key file: no signature of ours (the relay may sign).</summary>
internal sealed record DkimOptions
{
    /// <summary>The signing domain; null: the domain of <c>Sender:From</c>.</summary>
    public string? Domain { get; init; }

    /// <summary>The selector of the RSA key: its record is <c>SELECTOR._domainkey.DOMAIN</c>.</summary>
    public string Selector { get; init; } = "digest";

    /// <summary>PEM file with the RSA private key, at least 1024 bits (RFC 8301); 2048 is usual.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The selector of the Ed25519 key.</summary>
    public string Ed25519Selector { get; init; } = "digest-ed";

    /// <summary>PEM file with the Ed25519 private key (PKCS #8), for a second signature (RFC 8463).</summary>
    public string? Ed25519KeyFile { get; init; }
}
