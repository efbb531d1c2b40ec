using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Reading;

/// <summary>Words that were read, each kept once and known by a number: common ones come early and have small numbers. It only grows.</summary>
/// <remarks>One writes at a time; words whose numbers are known may be read meanwhile.</remarks>
internal sealed class Vocabulary
{
    /// <summary>Of a string without its letters, and of an entry with its part of the dictionary, in octets of memory.</summary>
    private const int PerString = 24, PerEntry = 80;

    private readonly Dictionary<(string Folded, string Cased), int> _numbers = [];
    private readonly Dictionary<string, string> _letters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private VocabularyWord[] _words = new VocabularyWord[1024];

    /// <summary>About how much memory it takes.</summary>
    public long Octets { get; private set; }

    /// <summary>The number of a word; a word that is new gets the next.</summary>
    public int Number(in Word word)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (word.Folded, word.Cased), out var known);
        if (known)
        {
            return number;
        }

        number = _numbers.Count - 1;
        if (number == _words.Length)
        {
            // Whoever reads goes on in the old array, in which all numbers stand that they know.
            Array.Resize(ref _words, 2 * number);
        }

        Octets += PerEntry;
        _words[number] = new VocabularyWord(Once(word.Folded), Once(word.Cased), Once(PorterStemmer.Stem(word.Folded)));
        return number;
    }

    /// <summary>The words by their numbers.</summary>
    public ReadOnlySpan<VocabularyWord> Words => Volatile.Read(ref _words);

    /// <summary>The same list for all that are alike: many papers have the same categories.</summary>
    public IReadOnlyList<string> Once(IReadOnlyList<string> list)
    {
        if (_lists.TryGetValue(string.Join('\n', list), out var known))
        {
            return known;
        }

        _lists.Add(string.Join('\n', list), known = [.. list.Select(Once)]);
        Octets += PerEntry + (list.Count * sizeof(long)) + list.Sum(word => 2 * word.Length);
        return known;
    }

    /// <summary>Most words are their own stem or their own lower case, and stems are shared.</summary>
    private string Once(string letters)
    {
        if (_letters.TryGetValue(letters, out var known))
        {
            return known;
        }

        _letters.Add(letters, letters);
        Octets += PerEntry / 2 + PerString + (2 * letters.Length);
        return letters;
    }
}

/// <param name="Folded">See <see cref="Word.Folded"/>.</param>
/// <param name="Cased">See <see cref="Word.Cased"/>.</param>
/// <param name="Stem">The stem of the folded word.</param>
internal readonly record struct VocabularyWord(string Folded, string Cased, string Stem);
