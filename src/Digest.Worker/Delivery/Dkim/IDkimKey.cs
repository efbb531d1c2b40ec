namespace Digest.Worker.Delivery.Dkim;

/// <summary>A private key that signs. Two real ones: RSA and Ed25519.</summary>
internal interface IDkimKey
{
    /// <summary>The tag <c>a=</c>: <c>rsa-sha256</c> or <c>ed25519-sha256</c>.</summary>
    string Algorithm { get; }

    string Selector { get; }

    /// <param name="hash">SHA-256 of the canonical headers.</param>
    byte[] Sign(byte[] hash);
}
