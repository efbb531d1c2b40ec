using System.Text;

namespace Digest.Templates.Output;

/// <summary>
/// Folds the plain text part at 72 columns. A line's own indent, and the number or dash of a list, is kept as a hanging indent;
/// addresses are never broken; more than two empty lines become two, and a line of two dashes becomes the signature mark of RFC 3676, section 4.3.
/// </summary>
internal static class TextWrap
{
    public const int Columns = 72;

    // Characters that East Asian typesetting does not put first on a line (JIS X 4051, the common ones).
    private const string NotFirst = "、。，．・：；？！」』）】》〉”’ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…";

    // Those that it does not put last.
    private const string NotLast = "（「『【《〈“‘";

    public static string Fold(string text)
    {
        var folded = new OutputBuffer();
        var gap = new LineGap();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (gap.Takes(line))
            {
                FoldLine(folded, line);
                folded.Append('\n');
            }
        }

        while (folded.Length > 1 && folded.Written.EndsWith("\n\n"))
            folded.Truncate(folded.Length - 1);
        return folded.ToString();
    }

    /// <summary>Folds one line; without its line end.</summary>
    public static void FoldLine(OutputBuffer to, ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        Fold(to, line is "--" ? "-- " : line);
    }

    private static void Fold(OutputBuffer to, ReadOnlySpan<char> line)
    {
        if (DisplayWidth.Of(line) <= Columns)
        {
            to.Append(line);
            return;
        }

        var first = line.IndexOfAnyExcept(' ');
        var hanging = Math.Min(first + ListMark(line[first..]), 12);
        to.Append(line[..first]);
        var column = first;
        var fresh = true;
        foreach (var range in line[first..].Split(' '))
        {
            var word = line[first..][range];
            if (word.IsEmpty)
                continue;
            var width = DisplayWidth.Of(word);
            var cuttable = CanBreak(word) && (HasWide(word) || width > Columns - hanging);
            if (!fresh && column + 1 > hanging && column + 1 + (cuttable ? Unit(word, Columns - hanging).Width : width) > Columns)
            {
                NewLine(to, hanging);
                column = hanging;
                fresh = true;
            }

            if (!fresh)
            {
                to.Append(' ');
                column++;
            }

            if (column + width <= Columns || !CanBreak(word))
            {
                to.Append(word);
                column += width;
            }
            else
            {
                column = Break(to, word, column, hanging);
            }

            fresh = false;
        }
    }

    private static bool CanBreak(ReadOnlySpan<char> word) => !word.Contains("://", StringComparison.Ordinal) && !word.StartsWith("mailto:");

    private static bool HasWide(ReadOnlySpan<char> word) => word.ContainsAnyInRange('\u1100', '\uFFFF') && AnyWide(word);

    private static bool AnyWide(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (DisplayWidth.IsWide(rune))
                return true;
        }

        return false;
    }

    private static int ListMark(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("- "))
            return 2;
        var digits = 0;
        while (digits < line.Length && (char.IsAsciiDigit(line[digits]) || line[digits] == Slot.Number))
            digits++;
        return digits > 0 && digits < 5 && line[digits..].StartsWith(". ") ? digits + 2 : 0;
    }

    // Between wide characters a line may end anywhere; the Latin words among them stay whole, as long as a line can hold them.
    private static int Break(OutputBuffer to, ReadOnlySpan<char> word, int column, int hanging)
    {
        for (var i = 0; i < word.Length;)
        {
            var (length, width) = Unit(word[i..], Columns - hanging);
            i += length;
            // Marks that may not come first take the character before them along.
            var held = 0;
            for (var next = i; next < word.Length && next < i + 3 && NotFirst.Contains(word[next]); next++)
                held += DisplayWidth.Of(new Rune(word[next]));
            if (column + width + held > Columns && width > 0 && column > hanging)
            {
                NewLine(to, hanging);
                column = hanging;
            }

            to.Append(word.Slice(i - length, length));
            column += width;
        }

        return column;
    }

    /// <summary>
    /// What stays together at the beginning of a word: one wide character, or all narrow ones up to the next wide one, unless they are wider
    /// than a line; an opening bracket with what it opens.
    /// </summary>
    private static (int Length, int Width) Unit(ReadOnlySpan<char> word, int room)
    {
        Rune.DecodeFromUtf16(word, out var first, out var length);
        var width = DisplayWidth.Of(first);
        if (NotLast.Contains(word[0]) && length < word.Length && room >= width + 4)
        {
            var (opened, openedWidth) = Unit(word[length..], room - width);
            return (length + opened, width + openedWidth);
        }

        if (DisplayWidth.IsWide(first))
            return (length, width);
        var (whole, wholeWidth) = (length, width);
        while (whole < word.Length)
        {
            Rune.DecodeFromUtf16(word[whole..], out var rune, out var more);
            if (DisplayWidth.IsWide(rune) || NotFirst.Contains(word[whole]))
                break;
            whole += more;
            wholeWidth += DisplayWidth.Of(rune);
        }

        return wholeWidth <= room ? (whole, wholeWidth) : (length, width);
    }

    private static void NewLine(OutputBuffer to, int indent)
    {
        to.Append('\n');
        to.Append(' ', indent);
    }
}
