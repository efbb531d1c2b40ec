using System.Security.Cryptography;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>RSA PKCS #1 v1.5 (RFC 6376, 3.3.1) through the platform's own RSA, which signs several times faster than a managed one.</summary>
internal sealed class RsaDkimKey(RSA key, string selector) : IDkimKey
{
    public string Algorithm => "rsa-sha256";

    public string Selector => selector;

    public byte[] Sign(byte[] hash) => key.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
