using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>The public halves of the keys that sign, as their DNS records have them.</summary>
internal static class PublicKeys
{
    /// <summary>Reads the key files anew: they were checked at the start.</summary>
    public static IReadOnlyList<PublishedKey> Of(DkimOptions options)
    {
        var keys = new List<PublishedKey>();
        if (options.KeyFile is { Length: > 0 } rsa)
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(rsa));
            keys.Add(new PublishedKey(options.Selector, "rsa", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
        }
        if (options.Ed25519KeyFile is { Length: > 0 } ed)
        {
            var pem = File.ReadAllText(ed);
            var key = (Ed25519PrivateKeyParameters)PrivateKeyFactory.CreateKey(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]));
            keys.Add(new PublishedKey(options.Ed25519Selector, "ed25519", Convert.ToBase64String(key.GeneratePublicKey().GetEncoded())));
        }
        return keys;
    }
}

/// <param name="PublicKey">Base 64, the value of <c>p=</c>.</param>
internal sealed record PublishedKey(string Selector, string Kind, string PublicKey)
{
    public string Record => $"v=DKIM1; k={Kind}; p={PublicKey}";
}
