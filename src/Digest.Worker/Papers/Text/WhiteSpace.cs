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
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                gap = folded.Length > 0;
                continue;
            }

            if (IsForbidden(rune))
            {
                continue;
            }

            if (gap)
            {
                folded.Append(' ');
                gap = false;
            }

            folded.Append(rune);
        }

        return folded.ToString();
    }

    // EnumerateRunes yields U+FFFD for a lone surrogate: a replacement character tells a reader nothing, so it goes with the rest.
    private static bool IsForbidden(Rune rune) => rune.Value switch
    {
        0x200C or 0x200D => false, // joiners shape Persian, Indic scripts and emoji
        0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
    };
}
