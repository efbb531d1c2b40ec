using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>
/// A run of words that is looked for as one: <c>pre-training</c>, <c>graph neural network</c>, <c>quantiz*</c>. It is compared with the
/// words of a paper without the borders between them, so that "pre training", "pre-training" and "pretraining" are the same;
/// its first and last border must be borders in the paper too.
/// </summary>
internal sealed class Term : IEquatable<Term>
{
    private readonly int[] _borders;
    private readonly bool[] _functionWord;

    public Term(IReadOnlyList<Word> words, bool isPrefix, bool keepCase = true)
    {
        Words = words;
        IsPrefix = isPrefix;
        Key = string.Concat(words.Select(word => word.Folded));
        _borders = new int[words.Count + 1];
        _functionWord = new bool[words.Count];
        var cased = new char[Key.Length];
        for (var i = 0; i < words.Count; i++)
        {
            _borders[i + 1] = _borders[i] + words[i].Folded.Length;
            _functionWord[i] = FunctionWords.Contains(words[i].Folded);
        }

        HasCase = keepCase && !isPrefix && MarkCase(words, cased);
        Cased = HasCase ? new string(cased) : Key;
    }

    public IReadOnlyList<Word> Words { get; }

    /// <summary>The folded letters of all words, joined.</summary>
    public string Key { get; }

    /// <summary>The key with the capitals that count; other letters are NUL.</summary>
    public string Cased { get; }

    public bool HasCase { get; }

    /// <summary>The last word is only a beginning.</summary>
    public bool IsPrefix { get; }

    /// <summary>One word that stands for all with its stem; null for other terms.</summary>
    public string? Stem { get; private init; }

    /// <summary>The word in any of its forms ("heated" for "heating"), as descriptions look for it; compounds and names stay as they are.</summary>
    public Term Loosely() => Words.Count > 1 || IsPrefix || HasCase ? this : new Term(Words, false) { Stem = PorterStemmer.Stem(Key) };

    /// <summary>
    /// Whether the words <paramref name="from"/> to <paramref name="to"/> (both in) are this term. Their joined letters must already be
    /// known to equal <see cref="Key"/> (or to begin with it, for a prefix).
    /// </summary>
    public bool Fits(IReadOnlyList<Word> text, int from, int to)
    {
        if (HasCase && !CaseFits(text, from, to))
        {
            return false;
        }

        var (mine, offset) = (1, 0);
        for (var i = from; i < to; i++)
        {
            offset += text[i].Folded.Length;
            for (; _borders[mine] < offset; mine++)
            {
                if (!MayJoin(mine))
                {
                    return false;
                }
            }

            if (_borders[mine] == offset)
            {
                mine++;
            }
            else if (!MaySplit(text, i))
            {
                return false;
            }
        }

        for (; mine < Words.Count; mine++)
        {
            if (!MayJoin(mine))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(Term? other) => other is not null && Key == other.Key && Cased == other.Cased && IsPrefix == other.IsPrefix && Stem == other.Stem
        && _borders.AsSpan().SequenceEqual(other._borders);

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => HashCode.Combine(Key, Cased, IsPrefix, Words.Count);

    public override string ToString() => string.Join(' ', Words.Select(word => word.Folded)) + (IsPrefix ? "*" : "");

    /// <summary>"pre training" may stand in the paper as one word; "in formation" may not.</summary>
    private bool MayJoin(int border) => !_functionWord[border - 1] && !_functionWord[border] && !BothDigits(Words[border - 1].Folded, Words[border].Folded);

    private static bool MaySplit(IReadOnlyList<Word> text, int before) =>
        text[before + 1].Gap switch
        {
            Gap.Hyphen => true,
            Gap.Space => !FunctionWords.Contains(text[before].Folded) && !FunctionWords.Contains(text[before + 1].Folded),
            _ => false,
        } && !BothDigits(text[before].Folded, text[before + 1].Folded);

    private static bool BothDigits(string left, string right) => char.IsAsciiDigit(left[^1]) && char.IsAsciiDigit(right[0]);

    private bool MarkCase(IReadOnlyList<Word> words, char[] cased)
    {
        var any = false;
        var offset = 0;
        for (var i = 0; i < words.Count;)
        {
            var next = i + 1;
            while (next < words.Count && words[next].Gap == Gap.Hyphen)
            {
                next++;
            }

            var compound = string.Concat(words.Skip(i).Take(next - i).Select(word => word.Cased));
            var keeps = Acronyms.KeepsCase(compound);
            any |= keeps;
            for (; i < next; i++)
            {
                if (keeps && words[i].Cased.Length == words[i].Folded.Length)
                {
                    words[i].Cased.CopyTo(0, cased, offset, words[i].Cased.Length);
                }

                offset += words[i].Folded.Length;
            }
        }

        return any;
    }

    private bool CaseFits(IReadOnlyList<Word> text, int from, int to)
    {
        var offset = 0;
        for (var i = from; i <= to; i++)
        {
            var word = text[i];
            for (var j = 0; j < word.Folded.Length && offset + j < Cased.Length; j++)
            {
                var wanted = Cased[offset + j];
                if (wanted != '\0' && (j >= word.Cased.Length || word.Cased[j] != wanted))
                {
                    return false;
                }
            }

            offset += word.Folded.Length;
        }

        return true;
    }
}
