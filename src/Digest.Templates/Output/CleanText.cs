using System.Buffers;
using System.Globalization;
using System.Text;

namespace Digest.Templates.Output;

/// <summary>
/// Text without anything that acts instead of being seen: control and bidirectional characters (UAX #9, "Trojan Source"),
/// zero-width ones, unpaired surrogates, tags, and stacks of more than four combining marks.
/// </summary>
internal static class CleanText
{
    private const int MostMarksInARow = 4;

    // What certainly needs no second look: letters and signs of the scripts that papers are written in, without controls and marks that combine.
    private static readonly (int First, int Last)[] PlainRanges =
    [
        (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x20CF), (0x2100, 0x2BFF),
        (0x3000, 0x3029), (0x3041, 0x3096), (0x309B, 0x30FF), (0x4E00, 0x9FFF), (0xFF01, 0xFF60),
    ];

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        string.Concat(PlainRanges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(c => (char)c)));

    /// <summary>White space of any kind becomes a space; the string itself where nothing had to change.</summary>
    /// <param name="keepSlots">The places of a reader's own values stay (<see cref="Slot"/>); only our own code writes such a text.</param>
    public static string Of(string text, bool keepSlots = false)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.AsSpan().ContainsAnyExcept(Plain))
            return text;
        var clean = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarksInARow)
                continue;
            if (IsSpace(rune.Value))
                clean.Append(' ');
            else if (keepSlots && rune.IsBmp && Slot.IsReaders((char)rune.Value) || !Acts(rune.Value, category, clean))
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static bool IsSpace(int value) => value is '\t' or '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2028 or 0x2029;

    private static bool Acts(int value, UnicodeCategory category, StringBuilder before) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => true,
        // The joiners shape Indic, Arabic and emoji text; after anything else they only hide.
        UnicodeCategory.Format => value is not (0x200C or 0x200D) || before.Length == 0 || before[^1] < 0x0600,
        UnicodeCategory.OtherNotAssigned => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF,
        _ => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0,
    };
}
