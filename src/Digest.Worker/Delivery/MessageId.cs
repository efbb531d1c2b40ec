using System.Security.Cryptography;
using System.Text;
using Digest.Worker.Storage;

namespace Digest.Worker.Delivery;

/// <summary>
/// The Message-ID of a mail: an HMAC of its key in the outbox. It is the same over retries, processes and restarts, and says nothing
/// about the reader.
/// </summary>
internal sealed class MessageId(InstallationKey installation, SenderOptions sender)
{
    private readonly byte[] key = installation.Derive("message-id");
    private readonly string domain = MailDomain.ToAscii(sender.Domain);

    /// <summary>128 bits as lower-case hex: the part before the @.</summary>
    public string Local(string outboxKey)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(outboxKey), mac);
        return Convert.ToHexStringLower(mac[..16]);
    }

    /// <summary>Without the angle brackets.</summary>
    public string For(string outboxKey) => $"{Local(outboxKey)}@{domain}";
}
