using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>A new key: the private half as PEM (PKCS #8), and the DNS record with the public half.</summary>
/// <param name="Record">The value of the TXT record (RFC 6376, 3.6.1).</param>
internal sealed record DkimKeyPair(string Pem, string Record)
{
    private const int RsaBits = 2048;

    public static DkimKeyPair CreateRsa()
    {
        using var key = RSA.Create(RsaBits);
        return new DkimKeyPair(key.ExportPkcs8PrivateKeyPem() + "\n", $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}");
    }

    public static DkimKeyPair CreateEd25519()
    {
        var key = new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize), 0);
        var pem = PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded());
        return new DkimKeyPair(pem + "\n", $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(key.GeneratePublicKey().GetEncoded())}");
    }

    /// <summary>The record as a zone file has it: a TXT string has at most 255 octets, so a long one is several.</summary>
    public string ZoneLine(string selector, string domain) =>
        $"{selector}._domainkey.{domain}. IN TXT ( {string.Join(" ", Record.Chunk(250).Select(part => $"\"{new string(part)}\""))} )";
}
