using System.Text;
using Digest.Templates;
using MimeKit.Encodings;

namespace Digest.Worker.Delivery;

/// <summary>A rendered part as a MIME part: the transfer encoding that fits its octets and the server.</summary>
internal static class MimeText
{
    /// <summary>Writes the part's header and content.</summary>
    /// <param name="eightBit">8bit may be used (the server offers 8BITMIME).</param>
    /// <returns>True when it was written as 8bit.</returns>
    public static bool Write(MemoryStream output, string subtype, MailPart part, bool eightBit)
    {
        var encoding = part.FitsLines && part.IsAscii ? "7bit" : part.FitsLines && eightBit ? "8bit" : "quoted-printable";
        output.Write(Encoding.ASCII.GetBytes($"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"));
        if (encoding == "quoted-printable")
            WriteQuoted(output, part.Octets.ToArray());
        else
            output.Write(part.Octets.Span);
        return encoding == "8bit";
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
