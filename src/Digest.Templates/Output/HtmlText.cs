using System.Buffers;

namespace Digest.Templates.Output;

/// <summary>
/// Plain text as HTML: the five characters escaped, and a line end about every 400 octets, so that no line comes near the
/// 998 of RFC 5322 section 2.1.1.
/// </summary>
internal static class HtmlText
{
    private const int LineOctets = 400;
    private const int LongestAttribute = 300;

    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"'");

    /// <summary>Writes text between tags.</summary>
    public static void Write(OutputBuffer output, string text, bool keepSlots = false)
    {
        text = CleanText.Of(text, keepSlots);
        if (text.Length <= LineOctets / 3 && !text.AsSpan().ContainsAny(Escaped))
        {
            output.Append(text);
            return;
        }

        var octets = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            octets += c < 0x80 ? 1 : 3;
            if (c == ' ' && octets > LineOctets)
            {
                output.Append('\n');
                octets = 0;
                continue;
            }

            // A word without an end: a line end inside the tag breaks the line and is not seen.
            if (octets > LineOctets * 3 / 2 && !char.IsLowSurrogate(c))
            {
                output.Append("<wbr\n>");
                octets = 0;
            }

            Escape(output, c);
        }
    }

    /// <summary>Writes the value of a quoted attribute, at most 300 characters of it.</summary>
    public static void WriteAttribute(OutputBuffer output, string text, bool keepSlots = false)
    {
        text = CleanText.Of(text, keepSlots);
        var end = Math.Min(text.Length, LongestAttribute);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            end--;
        foreach (var c in text.AsSpan(0, end))
            Escape(output, c);
    }

    private static void Escape(OutputBuffer output, char c)
    {
        switch (c)
        {
            case '&': output.Append("&amp;"); break;
            case '<': output.Append("&lt;"); break;
            case '>': output.Append("&gt;"); break;
            case '"': output.Append("&quot;"); break;
            case '\'': output.Append("&#39;"); break;
            default: output.Append(c); break;
        }
    }
}
