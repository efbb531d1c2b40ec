using System.Text;
using Digest.Templates.Output;

namespace Digest.Templates;

/// <summary>
/// One part of a mail as it travels: UTF-8, every line ended by CR LF, no other control character but the tab. It may be put into
/// a message as it is: as 7bit where it is ASCII, else as 8bit; a line over 998 octets is possible only where
/// <see cref="FitsLines"/> is false.
/// </summary>
public sealed class MailPart
{
    private const int LongestLine = 998;

    private string? _text;

    internal MailPart(ReadOnlyMemory<byte> octets)
    {
        Octets = octets;
        IsAscii = Ascii.IsValid(octets.Span);
        FitsLines = Fits(octets.Span);
    }

    public ReadOnlyMemory<byte> Octets { get; }

    public bool IsAscii { get; }

    /// <summary>No line is over 998 octets (RFC 5322 section 2.1.1).</summary>
    public bool FitsLines { get; }

    public static MailPart Of(string text)
    {
        var octets = new OctetBuffer();
        octets.Append(text);
        return octets.ToPart();
    }

    /// <summary>The text with LF line ends.</summary>
    public override string ToString() => _text ??= Encoding.UTF8.GetString(Octets.Span).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static bool Fits(ReadOnlySpan<byte> rest)
    {
        const int Window = LongestLine + 2;
        while (rest.Length >= Window)
        {
            var end = rest[..Window].LastIndexOf((byte)'\n');
            if (end < 0)
                return false;
            rest = rest[(end + 1)..];
        }

        return true;
    }
}
