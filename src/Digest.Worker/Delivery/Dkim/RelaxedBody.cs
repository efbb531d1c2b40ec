using System.Security.Cryptography;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>The body hash under relaxed canonicalization (RFC 6376, 3.4.4): runs of white space become one space, those at line ends and empty lines at the end go.</summary>
internal static class RelaxedBody
{
    public static byte[] Hash(ReadOnlySpan<byte> body)
    {
        var canonical = System.Buffers.ArrayPool<byte>.Shared.Rent(body.Length + 2);
        try
        {
            return SHA256.HashData(canonical.AsSpan(0, Write(body, canonical)));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(canonical);
        }
    }

    /// <returns>The length of the canonical body.</returns>
    public static int Write(ReadOnlySpan<byte> body, Span<byte> canonical)
    {
        var length = 0;
        var end = 0;
        while (body.Length > 0)
        {
            var lineEnd = body.IndexOf((byte)'\n');
            var line = lineEnd < 0 ? body : body[..lineEnd];
            body = lineEnd < 0 ? [] : body[(lineEnd + 1)..];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            line = line.TrimEnd(" \t"u8);
            var before = length;
            length += WriteLine(line, canonical[length..]);
            var empty = length == before;
            canonical[length++] = (byte)'\r';
            canonical[length++] = (byte)'\n';
            if (!empty)
                end = length;
        }
        return end;
    }

    private static int WriteLine(ReadOnlySpan<byte> line, Span<byte> canonical)
    {
        var length = 0;
        while (line.Length > 0)
        {
            var gap = line.IndexOfAny((byte)' ', (byte)'\t');
            var word = gap < 0 ? line : line[..gap];
            word.CopyTo(canonical[length..]);
            length += word.Length;
            if (gap < 0)
                break;
            canonical[length++] = (byte)' ';
            line = line[gap..].TrimStart(" \t"u8);
        }
        return length;
    }
}
