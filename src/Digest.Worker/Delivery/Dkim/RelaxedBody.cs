using System.Buffers;
using System.Security.Cryptography;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>The body hash under relaxed canonicalization (RFC 6376, 3.4.4): runs of white space become one space, those at line ends and empty lines at the end go.</summary>
internal static class RelaxedBody
{
    public static byte[] Hash(ReadOnlySpan<byte> body)
    {
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
        for (var from = 0; ;)
        {
            var at = body[from..].IndexOfAny((byte)'\t', (byte)' ');
            if (at < 0)
                return body.Length;
            at += from;
            if (body[at] == '\t' || at + 1 == body.Length || body[at + 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                return at;
            from = at + 1;
        }
    }

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
