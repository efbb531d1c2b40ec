using Org.BouncyCastle.Crypto.Parameters;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>PureEdDSA over the SHA-256 of the canonical headers (RFC 8463, 3).</summary>
internal sealed class Ed25519DkimKey(Ed25519PrivateKeyParameters key, string selector) : IDkimKey
{
    public string Algorithm => "ed25519-sha256";

    public string Selector => selector;

    public byte[] Sign(byte[] hash)
    {
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, hash, 0, hash.Length, signature, 0);
        return signature;
    }
}
