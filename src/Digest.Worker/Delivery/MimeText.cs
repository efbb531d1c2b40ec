using System.Text;
using MimeKit.Encodings;

namespace Digest.Worker.Delivery;

/// <summary>A text as a MIME part: CR LF line ends, no octet that a server may refuse, and a transfer encoding that fits.</summary>
internal static class MimeText
{
    /// <summary>RFC 5321, 4.5.3.1.6: 1,000 octets with CR LF.</summary>
    private const int LongestLine = 998;

    /// <summary>Writes the part's header and content.</summary>
    /// <param name="eightBit">8bit may be used (the server offers 8BITMIME).</param>
    /// <returns>True when it was written as 8bit.</returns>
    public static bool Write(MemoryStream output, string subtype, string text, bool eightBit)
    {
        var octets = Normalize(text);
        var (ascii, fits) = Measure(octets);
        var encoding = fits && ascii ? "7bit" : fits && eightBit ? "8bit" : "quoted-printable";
        output.Write(Encoding.ASCII.GetBytes($"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"));
        if (encoding == "quoted-printable")
            WriteQuoted(output, octets);
        else
            output.Write(octets);
        return encoding == "8bit";
    }

    private static byte[] Normalize(string text)
    {
        var clean = new StringBuilder(text.Length + text.Length / 40);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (c is '\n' or '\r')
                clean.Append("\r\n");
            else if (c == '\t' || !char.IsControl(c))
                clean.Append(c);
        }
        if (clean.Length == 0 || clean[^1] != '\n')
            clean.Append("\r\n");
        return Encoding.UTF8.GetBytes(clean.ToString());
    }

    private static (bool Ascii, bool Fits) Measure(ReadOnlySpan<byte> octets)
    {
        var fits = true;
        for (var rest = octets; rest.Length > 0 && fits;)
        {
            var end = rest.IndexOf((byte)'\n');
            fits = end - 1 <= LongestLine;
            rest = rest[(end + 1)..];
        }
        return (Ascii.IsValid(octets), fits);
    }

    private static void WriteQuoted(MemoryStream output, byte[] octets)
    {
        var encoder = new QuotedPrintableEncoder(76);
        var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, encoded);
        // The encoder ends its soft breaks with LF alone.
        var quoted = Encoding.ASCII.GetString(encoded, 0, length).ReplaceLineEndings("\r\n");
        output.Write(Encoding.ASCII.GetBytes(quoted));
        if (!quoted.EndsWith("\r\n", StringComparison.Ordinal))
            output.Write("\r\n"u8);
    }
}
