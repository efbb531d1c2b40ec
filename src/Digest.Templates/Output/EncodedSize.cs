namespace Digest.Templates.Output;

/// <summary>
/// Octets that a part may take on the wire, as quoted-printable or base64 with CRLF line ends, whichever is more. An upper bound:
/// which encoding is used depends on the server that the mail goes to.
/// </summary>
internal static class EncodedSize
{
    public static int Of(ReadOnlySpan<char> text) => Of(TextMeasure.Of(text));

    public static int Of(TextMeasure text)
    {
        // Each octet beyond one per character belongs to a character of at most twice as many.
        var escaped = Math.Min(text.Octets, 2 * (text.Octets - text.Chars)) + text.EqualSigns;
        var quoted = text.Octets + text.Lines + 2 * escaped;
        quoted += 3 * (quoted / 73);
        var base64 = (text.Octets + text.Lines) * 78 / 57 + 80;
        // Mail libraries turn to base64 where quoted-printable would triple every sixth octet.
        return escaped * 6 > text.Octets ? base64 : Math.Max(quoted, base64);
    }
}
