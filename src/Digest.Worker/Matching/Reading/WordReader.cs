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
    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <param name="singular">False keeps plurals (names of people have none).</param>
    public static List<Word> Read(string text, bool singular = true)
    {
        var words = new List<Word>(text.Length / 6);
        Read(text, words, singular);
        return words;
    }

    /// <summary>The same, added to other words.</summary>
    public static void Read(string text, List<Word> words, bool singular = true)
    {
        var previousEnd = -1;
        for (var scan = new Scan(text); scan.Next();)
        {
            var gap = previousEnd < 0 ? Gap.Break : GapOf(text, previousEnd, scan.Start);
            var form = singular ? WordForm.Of(scan.Cased) : WordForm.AsItStands(scan.Cased.ToString());
            words.Add(new Word(form.Folded, form.Cased, scan.Start, scan.End - scan.Start, gap));
            previousEnd = scan.At;
        }
    }

    /// <summary>Where each of the words stands, without what it is.</summary>
    public static List<(int Start, int End)> Places(string text)
    {
        var places = new List<(int Start, int End)>(text.Length / 6);
        for (var scan = new Scan(text); scan.Next();)
        {
            places.Add((scan.Start, scan.End));
        }

        return places;
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

    /// <summary>How many letters and digits of ASCII stand there, where they are a whole word; 0 where something else may belong to it.</summary>
    private static int PlainLetters(string text, int at)
    {
        var rest = text.AsSpan(at);
        var length = rest.IndexOfAnyExcept(Plain);
        if (length < 0)
        {
            return rest.Length;
        }

        return rest[length] is < '\u0080' and not ('\'' or '+' or '#') ? length : 0;
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

    /// <summary>Goes from word to word.</summary>
    private ref struct Scan(string text)
    {
        private StringBuilder? _letters;

        /// <summary>Where it goes on: behind the word and its possessive.</summary>
        public int At { get; private set; }

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <summary>The letters of the word, folded, their case kept.</summary>
        public ReadOnlySpan<char> Cased { get; private set; }

        public bool Next()
        {
            while (At < text.Length)
            {
                Rune.DecodeFromUtf16(text.AsSpan(At), out var rune, out var length);
                if (!IsWordPart(rune))
                {
                    At += length;
                    continue;
                }

                Start = At;
                Read(rune, length);
                if (Cased.Length > 0)
                {
                    At = SkipPossessive(text, End);
                    return true;
                }

                At = End;
            }

            return false;
        }

        private void Read(Rune rune, int length)
        {
            if (IsCharacterWord(rune))
            {
                Cased = Folding.Of(rune);
                End = At + length;
            }
            else if (PlainLetters(text, At) is var plain && plain > 0)
            {
                Cased = text.AsSpan(At, plain);
                End = At + plain;
            }
            else
            {
                _letters ??= new StringBuilder();
                End = ReadLetters(text, At, _letters);
                Cased = _letters.ToString();
            }
        }
    }
}
