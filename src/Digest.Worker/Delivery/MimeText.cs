using System.Text;
using Digest.Templates;
using MimeKit.Encodings;

namespace Digest.Worker.Delivery;

/// <summary>A rendered part as a MIME part: in the transfer encoding that fits its octets and the server.</summary>
internal sealed record MimeText(string Subtype, string Encoded, ReadOnlyMemory<byte> Octets)
{
    public bool IsEightBit => Encoded == "8bit";

    /// <summary>The part's own header with the empty line.</summary>
    public string Head => $"Content-Type: text/{Subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {Encoded}\r\n\r\n";

    /// <param name="eightBit">8bit may be used (the server offers 8BITMIME).</param>
    public static MimeText Of(string subtype, MailPart part, bool eightBit) =>
        part.FitsLines && part.IsAscii ? new MimeText(subtype, "7bit", part.Octets)
        : part.FitsLines && eightBit ? new MimeText(subtype, "8bit", part.Octets)
        : new MimeText(subtype, "quoted-printable", Quoted(part.Octets.ToArray()));

    private static byte[] Quoted(byte[] octets)
    {
        var encoder = new QuotedPrintableEncoder(76);
        var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
        var length = encoder.Flush(octets, 0, octets.Length, encoded);
        // The encoder ends its soft breaks with LF alone.
        var quoted = Encoding.ASCII.GetString(encoded, 0, length).ReplaceLineEndings("\r\n");
        return Encoding.ASCII.GetBytes(quoted.EndsWith("\r\n", StringComparison.Ordinal) ? quoted : quoted + "\r\n");
    }
}
