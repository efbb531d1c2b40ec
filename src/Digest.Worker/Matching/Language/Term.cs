using System.Runtime.InteropServices;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>
/// A run of words that is looked for as one: <c>pre-training</c>, <c>graph neural network</c>, <c>quantiz*</c>. It is compared with the
/// words of a paper without the borders between them, so that "pre training", "pre-training" and "pretraining" are the same;
/// its first and last border must be borders in the paper too, and no sentence may end inside it.
/// </summary>
internal sealed class Term : IEquatable<Term>
{
    private readonly ushort[]? _borders;

    public Term(List<Word> words, bool isPrefix, bool keepCase = true)
        : this(CollectionsMarshal.AsSpan(words), isPrefix, keepCase)
    {
    }

    public Term(ReadOnlySpan<Word> words, bool isPrefix, bool keepCase = true)
    {
        IsPrefix = isPrefix;
        WordCount = words.Length;
        Key = words.Length == 1 ? words[0].Folded : Joined(words);
        Cased = keepCase && !isPrefix ? TermCase.Of(words, Key.Length) : null;
        if (words.Length > 1)
        {
            _borders = new ushort[words.Length + 1];
            for (var i = 0; i < words.Length; i++)
            {
                _borders[i + 1] = (ushort)(_borders[i] + words[i].Folded.Length);
            }
        }
    }

    private Term(string key, string? cased, bool isPrefix, string? stem, ushort[]? borders, int number) =>
        (Key, Cased, IsPrefix, Stem, _borders, WordCount, Number) = (key, cased, isPrefix, stem, borders, borders is null ? 1 : borders.Length - 1, number);

    /// <summary>The folded letters of all words, joined.</summary>
    public string Key { get; }

    /// <summary>The letters whose case counts, the others NUL; null where no case counts.</summary>
    public string? Cased { get; }

    /// <summary>The last word is only a beginning.</summary>
    public bool IsPrefix { get; }

    /// <summary>One word that stands for all with its stem; null for other terms.</summary>
    public string? Stem { get; }

    public int WordCount { get; }

    /// <summary>The number that an index gave it; -1 outside of one.</summary>
    public int Number { get; } = -1;

    /// <summary>The folded letters of one word.</summary>
    public ReadOnlySpan<char> Word(int index) => _borders is null ? Key : Key.AsSpan(_borders[index], _borders[index + 1] - _borders[index]);

    /// <summary>A term of an index: all words with that stem.</summary>
    public static Term OfStem(string stem, int number) => new(stem, null, false, stem, null, number);

    /// <summary>A term of an index, out of what it is made of.</summary>
    /// <param name="lengths">The letters of every word but the last.</param>
    public static Term OfParts(string key, string? cased, bool isPrefix, ReadOnlySpan<int> lengths, int number)
    {
        if (lengths.IsEmpty)
        {
            return new Term(key, cased, isPrefix, null, null, number);
        }

        var borders = new ushort[lengths.Length + 2];
        for (var i = 0; i < lengths.Length; i++)
        {
            borders[i + 1] = (ushort)(borders[i] + lengths[i]);
        }

        borders[^1] = (ushort)key.Length;
        return new Term(key, cased, isPrefix, null, borders, number);
    }

    /// <summary>The word in any of its forms ("heated" for "heating"), as descriptions look for it; compounds and names stay as they are.</summary>
    public Term Loosely() => WordCount > 1 || IsPrefix || Cased is not null ? this : new Term(Key, null, false, PorterStemmer.Stem(Key), null, -1);

    /// <summary>
    /// Whether the words <paramref name="from"/> to <paramref name="to"/> (both in) are this term. Their joined letters must already be
    /// known to equal <see cref="Key"/> (or to begin with it, for a prefix).
    /// </summary>
    public bool Fits(List<Word> text, int from, int to)
    {
        if (Cased is not null && !TermCase.Fits(Cased, text, from, to))
        {
            return false;
        }

        var (mine, offset) = (1, 0);
        for (var i = from; i < to; i++)
        {
            if (text[i + 1].Gap == Gap.Sentence)
            {
                return false;
            }

            offset += text[i].Folded.Length;
            for (; mine < WordCount && _borders![mine] < offset; mine++)
            {
                if (!MayJoin(mine))
                {
                    return false;
                }
            }

            if (mine < WordCount && _borders![mine] == offset)
            {
                mine++;
            }
            else if (!MaySplit(text[i], text[i + 1]))
            {
                return false;
            }
        }

        for (; mine < WordCount; mine++)
        {
            if (!MayJoin(mine))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Terms that stand in the same places are equal; their numbers do not count.</summary>
    public bool Equals(Term? other) => other is not null && (Stem is not null ? Stem == other.Stem : other.Stem is null && Key == other.Key && Cased == other.Cased && IsPrefix == other.IsPrefix
        && _borders.AsSpan().SequenceEqual(other._borders));

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => Stem is not null ? Stem.GetHashCode(StringComparison.Ordinal) : HashCode.Combine(Key, Cased, IsPrefix, WordCount);

    private static string Joined(ReadOnlySpan<Word> words)
    {
        var length = 0;
        foreach (ref readonly var word in words)
        {
            length += word.Folded.Length;
        }

        return string.Create(length, words, static (letters, words) =>
        {
            foreach (ref readonly var word in words)
            {
                word.Folded.CopyTo(letters);
                letters = letters[word.Folded.Length..];
            }
        });
    }

    /// <summary>"pre training" may stand in the paper as one word; "in formation" may not.</summary>
    private bool MayJoin(int border) => MayTouch(Word(border - 1), Word(border), carriesGrammar: true);

    private static bool MaySplit(Word left, Word right) =>
        right.Gap is Gap.Space or Gap.Hyphen && MayTouch(left.Folded, right.Folded, carriesGrammar: right.Gap == Gap.Space);

    private static bool MayTouch(ReadOnlySpan<char> left, ReadOnlySpan<char> right, bool carriesGrammar) =>
        !(char.IsAsciiDigit(left[^1]) && char.IsAsciiDigit(right[0]))
        && !(carriesGrammar && (FunctionWords.Contains(left) || FunctionWords.Contains(right)));
}
