using System.Security.Cryptography;
using Digest.Worker.Settings;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>Reads the signing keys from their files.</summary>
internal static class DkimKeys
{
    private const int SmallestRsa = 1024;

    /// <exception cref="SettingException">A key file cannot be used.</exception>
    public static DkimSignatures Load(DkimOptions options, SenderOptions sender)
    {
        var keys = new List<IDkimKey>();
        if (options.KeyFile is { Length: > 0 } rsa)
            keys.Add(new RsaDkimKey(Rsa(rsa), Selector("Dkim:Selector", options.Selector)));
        if (options.Ed25519KeyFile is { Length: > 0 } ed)
            keys.Add(new Ed25519DkimKey(Ed25519(ed), Selector("Dkim:Ed25519Selector", options.Ed25519Selector)));
        return new DkimSignatures(MailDomain.ToAscii(options.Domain ?? sender.Domain), keys);
    }

    private static RSA Rsa(string path)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            _ = key.ExportRSAPrivateKey();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new SettingException("Dkim:KeyFile", path, $"a PEM file with an RSA private key ({e.Message})");
        }
        return key.KeySize >= SmallestRsa ? key : throw new SettingException("Dkim:KeyFile", path, $"an RSA key of at least {SmallestRsa} bits, this one has {key.KeySize}");
    }

    private static Ed25519PrivateKeyParameters Ed25519(string path)
    {
        try
        {
            var pem = File.ReadAllText(path);
            var fields = PemEncoding.Find(pem);
            return PrivateKeyFactory.CreateKey(Convert.FromBase64String(pem[fields.Base64Data])) as Ed25519PrivateKeyParameters
                ?? throw new SettingException("Dkim:Ed25519KeyFile", path, "an Ed25519 key, this one is of another kind");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new SettingException("Dkim:Ed25519KeyFile", path, $"a PEM file with an Ed25519 private key ({e.Message})");
        }
    }

    private static string Selector(string key, string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? value : throw new SettingException(key, value, "letters, digits, hyphens and dots");
}
