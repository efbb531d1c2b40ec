namespace Digest.Worker.Delivery.Dkim;

/// <summary>One header field under relaxed canonicalization (RFC 6376, 3.4.2): name in lower case, unfolded, runs of white space as one space.</summary>
internal static class RelaxedHeader
{
    /// <summary>Octets that <see cref="Write"/> needs at most.</summary>
    public static int Room(string name, ReadOnlySpan<byte> rawValue) => name.Length + rawValue.Length + 3;

    /// <returns>The octets written.</returns>
    public static int Write(Span<byte> output, string name, ReadOnlySpan<byte> rawValue, bool withLineEnd)
    {
        var length = 0;
        foreach (var c in name)
            output[length++] = (byte)char.ToLowerInvariant(c);
        output[length++] = (byte)':';
        var start = length;
        var pendingSpace = false;
        foreach (var octet in rawValue)
        {
            if (octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                pendingSpace = length > start;
                continue;
            }
            if (pendingSpace)
                output[length++] = (byte)' ';
            output[length++] = octet;
            pendingSpace = false;
        }
        if (withLineEnd)
        {
            output[length++] = (byte)'\r';
            output[length++] = (byte)'\n';
        }
        return length;
    }
}
