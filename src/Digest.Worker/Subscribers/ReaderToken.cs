using System.Security.Cryptography;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// Writes and reads the signed tokens in our addresses and links: version and purpose (one octet), subscriber, issue
/// (7 bits an octet, low ones first), and 96 bits of HMAC-SHA256 over them, as base 32. No address stands in one.
/// At most 50 characters, so that with a mailbox name of 11 the local part keeps to 64 octets (RFC 5321, 4.5.3.1.1).
/// </summary>
internal sealed class ReaderToken(InstallationKey installation)
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 50;

    private const int Version = 1;
    private const int MacLength = 12;
    private const int MaxBytes = 1 + 9 + 9 + MacLength;

    private readonly byte[][] keys = [.. Enum.GetValues<TokenPurpose>().Select(purpose => installation.Derive($"token/{purpose}"))];

    public string Write(TokenPurpose purpose, long subscriberId, long issueId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subscriberId);
        ArgumentOutOfRangeException.ThrowIfNegative(issueId);
        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes[0] = Head(purpose);
        var length = 1;
        Put(bytes, ref length, (ulong)subscriberId);
        Put(bytes, ref length, (ulong)issueId);
        Mac(purpose, bytes[..length], bytes.Slice(length, MacLength));
        return Base32.Write(bytes[..(length + MacLength)]);
    }

    /// <summary>Whom the token names; false when it is not one of ours, was altered, or was made for another purpose.</summary>
    public bool TryRead(string token, TokenPurpose purpose, out TokenSubject subject)
    {
        subject = default;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        if (token.Length > MaxLength || !Base32.TryRead(token, bytes, out var length) || length < 3 + MacLength)
            return false;
        var signed = bytes[..(length - MacLength)];
        Span<byte> mac = stackalloc byte[MacLength];
        Mac(purpose, signed, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes.Slice(signed.Length, MacLength)) || signed[0] != Head(purpose))
            return false;
        var position = 1;
        if (!TryTake(signed, ref position, out var subscriber) || !TryTake(signed, ref position, out var issue) || position != signed.Length)
            return false;
        subject = new TokenSubject(subscriber, issue);
        return true;
    }

    private static byte Head(TokenPurpose purpose) => (byte)(Version << 4 | (int)purpose);

    private void Mac(TokenPurpose purpose, ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys[(int)purpose], signed, full);
        full[..MacLength].CopyTo(mac);
    }

    private static void Put(Span<byte> bytes, ref int length, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, ref int position, out long value)
    {
        value = 0;
        for (var shift = 0; position < bytes.Length && shift < 63; shift += 7)
        {
            var one = bytes[position++];
            value |= (long)(one & 0x7F) << shift;
            if (one < 0x80)
                return true;
        }
        return false;
    }
}
