using System.Globalization;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Characters that take room without saying anything, and characters that must never reach a mail.</summary>
internal static class WhiteSpace
{
    /// <summary>
    /// Every run of white space becomes one space, both ends are trimmed; control characters, bidirectional controls, lone surrogates
    /// and invisible marks are dropped. Linear in the length of the text.
    /// </summary>
    public static string Fold(string text)
    {
        var at = FirstFault(text);
        if (at == text.Length)
            return text;
        // Never longer than the text: a run of white space becomes one character of it, the rest is copied or dropped.
        var folded = new char[text.Length];
        text.CopyTo(0, folded, 0, at);
        var length = at;
        for (var gap = false; at < text.Length;)
        {
            if (text[at] is > ' ' and <= '~')
            {
                if (gap)
                    folded[length++] = ' ';
                gap = false;
                folded[length++] = text[at++];
                continue;
            }
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var taken);
            if (Rune.IsWhiteSpace(rune))
            {
                gap = length > 0;
            }
            else if (!IsForbidden(rune))
            {
                if (gap)
                    folded[length++] = ' ';
                gap = false;
                length += rune.EncodeToUtf16(folded.AsSpan(length));
            }
            at += taken;
        }

        return new string(folded, 0, length);
    }

    /// <summary>Where the first character stands that has to be looked at; the text's length where all is as it should be.</summary>
    private static int FirstFault(string text)
    {
        var last = ' ';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ' ? last == ' ' || i == text.Length - 1 : c is < ' ' or (> '~' and not (>= '\u00C0' and <= '\u024F')))
                return i > 0 && last == ' ' ? i - 1 : i;
            last = c;
        }

        return text.Length;
    }

    // Decoding yields U+FFFD for a lone surrogate: a replacement character tells a reader nothing, so it goes with the rest.
    private static bool IsForbidden(Rune rune) => rune.Value switch
    {
        0x200C or 0x200D => false, // joiners shape Persian, Indic scripts and emoji
        0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
    };
}
