using System.Text;

namespace Digest.Worker.Delivery.Dkim;

/// <summary>One header field under relaxed canonicalization (RFC 6376, 3.4.2): name in lower case, unfolded, runs of white space as one space.</summary>
internal static class RelaxedHeader
{
    public static void Write(MemoryStream output, string name, ReadOnlySpan<byte> rawValue, bool withLineEnd)
    {
        output.Write(Encoding.ASCII.GetBytes(name.ToLowerInvariant()));
        output.WriteByte((byte)':');
        var pendingSpace = false;
        var written = false;
        foreach (var octet in rawValue)
        {
            if (octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                pendingSpace = written;
                continue;
            }
            if (pendingSpace)
                output.WriteByte((byte)' ');
            output.WriteByte(octet);
            (pendingSpace, written) = (false, true);
        }
        if (withLineEnd)
            output.Write("\r\n"u8);
    }
}
