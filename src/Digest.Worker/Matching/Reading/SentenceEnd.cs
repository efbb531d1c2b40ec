using System.Buffers;
using System.Collections.Frozen;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// Where one sentence ends and the next begins: a full stop, question or exclamation mark with a space after it, then no small letter.
/// A full stop after an abbreviation or an initial ends nothing.
/// </summary>
internal static class SentenceEnd
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations =
        "al cf vs fig figs eq eqs ref refs sec no resp approx dr prof mr mrs st etc incl viz ca".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Marks = SearchValues.Create(".?!。？！");

    /// <param name="from">The end of the word before.</param>
    /// <param name="to">The beginning of the word after.</param>
    public static bool Stands(string text, int from, int to)
    {
        var between = text.AsSpan(from, to - from);
        var mark = between.IndexOfAny(Marks);
        if (mark < 0)
        {
            return false;
        }

        if (between[mark] is '。' or '？' or '！')
        {
            return true;
        }

        var space = between[mark..].IndexOfAny(' ', '\n', '\t');
        return space >= 0 && !char.IsLower(text[to]) && (between[mark] != '.' || mark > 0 || !IsAbbreviation(text, from));
    }

    /// <summary>Whether the letters before the full stop are an initial ("J. Smith", "e.g.") or one of the table.</summary>
    private static bool IsAbbreviation(string text, int end)
    {
        var start = end;
        while (start > 0 && char.IsLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        var word = text.AsSpan(start, end - start);
        return (word.Length == 1 && char.IsLetter(word[0])) || Abbreviations.Contains(word);
    }
}
