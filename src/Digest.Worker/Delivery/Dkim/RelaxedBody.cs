using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>The body hash under relaxed canonicalization (RFC 6376, 3.4.4): runs of white space become one space, those at line ends and empty lines at the end go.</summary>
internal static class RelaxedBody
{
    private static readonly Vector256<byte> Tab = Vector256.Create((byte)'\t');
    private static readonly Vector256<byte> Space = Vector256.Create((byte)' ');
    private static readonly Vector256<byte> Return = Vector256.Create((byte)'\r');
    private static readonly Vector256<byte> Feed = Vector256.Create((byte)'\n');

    public static byte[] Hash(ReadOnlySpan<byte> body)
    {
        if (EndsOnce(body) && NextGap(body) == body.Length)
            return SHA256.HashData(body);
        var canonical = ArrayPool<byte>.Shared.Rent(body.Length + 2);
        try
        {
            return SHA256.HashData(canonical.AsSpan(0, Write(body, canonical)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(canonical);
        }
    }

    /// <param name="canonical">At least two octets longer than the body.</param>
    /// <returns>The length of the canonical body.</returns>
    public static int Write(ReadOnlySpan<byte> body, Span<byte> canonical)
    {
        var length = 0;
        // Most of a body is canonical already: what lies between two places that are not is copied as it is.
        while (body.Length > 0)
        {
            var plain = NextGap(body);
            body[..plain].CopyTo(canonical[length..]);
            length += plain;
            body = body[plain..];
            var gap = body.IndexOfAnyExcept((byte)' ', (byte)'\t');
            gap = gap < 0 ? body.Length : gap;
            if (gap > 0 && gap < body.Length && body[gap] is not ((byte)'\r' or (byte)'\n'))
                canonical[length++] = (byte)' ';
            body = body[gap..];
        }
        return End(canonical, length);
    }

    /// <summary>Where the next white space stands that is not one space between two words.</summary>
    private static int NextGap(ReadOnlySpan<byte> body)
    {
        var at = 0;
        // Each octet of a block is held against the one behind it, all at once: a mail has ten thousand spaces and few of them matter.
        for (; at + Vector256<byte>.Count < body.Length; at += Vector256<byte>.Count)
        {
            var here = Vector256.Create(body[at..]);
            var next = Vector256.Create(body[(at + 1)..]);
            var gaps = Vector256.Equals(here, Tab)
                | Vector256.Equals(here, Space) & (Vector256.Equals(next, Space) | Vector256.Equals(next, Tab) | Vector256.Equals(next, Return) | Vector256.Equals(next, Feed));
            if (gaps != Vector256<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(gaps.ExtractMostSignificantBits());
        }
        for (; at < body.Length; at++)
            if (body[at] == '\t' || body[at] == ' ' && (at + 1 == body.Length || body[at + 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return at;
        return body.Length;
    }

    /// <summary>The last line is not empty and has its line end.</summary>
    private static bool EndsOnce(ReadOnlySpan<byte> body) => body.Length > 2 && body.EndsWith("\r\n"u8) && body[^3] is not ((byte)'\r' or (byte)'\n');

    /// <summary>One line end after the last line that is not empty, and none where all are.</summary>
    private static int End(Span<byte> canonical, int length)
    {
        var last = canonical[..length].LastIndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (last < 0)
            return 0;
        canonical[last + 1] = (byte)'\r';
        canonical[last + 2] = (byte)'\n';
        return last + 3;
    }
}
