using System.Buffers;
using System.Globalization;
using System.Text;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// Cuts a text into words: runs of letters and digits, with accents and Unicode dress folded away; Chinese, Japanese and Korean by
/// characters. Hyphens, slashes and dots inside a word separate but are remembered (<see cref="Gap.Hyphen"/>); possessives go.
/// </summary>
internal static class WordReader
{
    private const string Hyphens = "-\u2010\u2011\u2012\u2013\u2212/._·";
    private static readonly SearchValues<char> HyphenLike = SearchValues.Create(Hyphens);

    /// <param name="singular">False keeps plurals (names of people have none).</param>
    public static List<Word> Read(string text, bool singular = true)
    {
        var words = new List<Word>(text.Length / 6);
        var letters = new StringBuilder();
        var (at, previousEnd) = (0, -1);
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (!IsWordPart(rune))
            {
                at += length;
                continue;
            }

            var gap = previousEnd < 0 ? Gap.Break : GapOf(text, previousEnd, at);
            var start = at;
            at = IsCharacterWord(rune) ? at + length : ReadLetters(text, at, letters);
            var cased = IsCharacterWord(rune) ? Folding.Of(rune) : letters.ToString();
            if (cased.Length > 0)
            {
                words.Add(singular ? Finish(cased, start, at - start, gap) : new Word(cased.ToLowerInvariant(), cased, start, at - start, gap));
                previousEnd = at = SkipPossessive(text, at);
            }
        }

        return words;
    }

    private static Gap GapOf(string text, int from, int to)
    {
        var between = text.AsSpan(from, to - from);
        if (between.IsEmpty || (between.Length == 1 && (HyphenLike.Contains(between[0]) || between[0] == '(')))
        {
            return Gap.Hyphen;
        }

        return between.IsWhiteSpace() ? Gap.Space : SentenceEnd.Stands(text, from, to) ? Gap.Sentence : Gap.Break;
    }

    private static int ReadLetters(string text, int at, StringBuilder letters)
    {
        letters.Clear();
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsAsciiLetterOrDigit(c))
            {
                letters.Append(c);
                at++;
                continue;
            }

            if ((c is '\'' or '\u2019' or '\u00ad') && letters.Length > 0 && InsideWord(text, at))
            {
                at++;
                continue;
            }

            if (c is '+' or '#' && ClosesName(text, at, letters.Length))
            {
                letters.Append(c);
                at++;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (!IsWordPart(rune) || IsCharacterWord(rune))
            {
                break;
            }

            letters.Append(Folding.Of(rune));
            at += length;
        }

        return at;
    }

    /// <summary>An apostrophe between letters belongs to the word (O'Brien), unless it opens a possessive.</summary>
    private static bool InsideWord(string text, int at) =>
        at + 1 < text.Length && char.IsLetter(text[at + 1]) && SkipPossessive(text, at) == at;

    private static int SkipPossessive(string text, int at) =>
        at + 1 < text.Length && (text[at] is '\'' or '\u2019') && (text[at + 1] is 's' or 'S')
        && (at + 2 >= text.Length || !char.IsLetterOrDigit(text[at + 2]))
            ? at + 2
            : at;

    /// <summary>"C++" and "C#" are names; "A+B" and "#tag" are not.</summary>
    private static bool ClosesName(string text, int at, int letters)
    {
        if (letters == 0 || (letters > 2 && text[at] == '#'))
        {
            return false;
        }

        var last = text[at - 1] == '+' || text[at] == '#';
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        return last ? !char.IsLetterOrDigit(next) && next != '+' : next == '+' && !char.IsLetterOrDigit(at + 2 < text.Length ? text[at + 2] : ' ');
    }

    private static Word Finish(string cased, int start, int length, Gap gap)
    {
        if (Acronyms.IsPluralAcronym(cased))
        {
            cased = cased[..^1];
            return new Word(cased.ToLowerInvariant(), cased, start, length, gap);
        }

        var lower = cased.ToLowerInvariant();
        var folded = Plurals.Singular(lower);
        return new Word(folded, ReferenceEquals(folded, lower) ? cased : Recase(folded, cased), start, length, gap);
    }

    private static string Recase(string folded, string cased) =>
        cased.StartsWith(folded, StringComparison.OrdinalIgnoreCase) ? cased[..folded.Length] : folded;

    private static bool IsWordPart(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts without spaces between words: every character stands for itself.</summary>
    private static bool IsCharacterWord(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9D) or (>= 0x20000 and <= 0x323AF);
}
