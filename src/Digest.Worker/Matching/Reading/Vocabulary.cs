using System.Runtime.InteropServices;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// Words that were read, each kept once and known by a number: common ones come early and have small numbers. It only grows. Any number of
/// threads may use it.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Of a string without its letters, of its entry in the dictionary, of a word, and of a list, in octets of memory.</summary>
    private const int PerString = 24, PerLetters = 60, PerWord = 60, PerList = 80;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Letters> _letters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private VocabularyWord[] _words = new VocabularyWord[1024];
    private int _count;
    private long _octets;

    /// <summary>About how much memory it takes.</summary>
    public long Octets => Volatile.Read(ref _octets);

    /// <summary>How many words there are; their numbers are below it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The words by their numbers.</summary>
    public ReadOnlySpan<VocabularyWord> Words => Volatile.Read(ref _words);

    /// <summary>Packs words; one that is new gets the next number.</summary>
    public void Pack(List<Word> words, Span<PackedWord> into)
    {
        lock (_gate)
        {
            for (var i = 0; i < words.Count; i++)
            {
                into[i] = PackedWord.Of(Number(words[i]), words[i].Gap);
            }
        }
    }

    /// <summary>The same list for all that are alike: many papers have the same categories.</summary>
    public IReadOnlyList<string> Once(IReadOnlyList<string> list)
    {
        var key = string.Join('\n', list);
        lock (_gate)
        {
            if (_lists.TryGetValue(key, out var known))
            {
                return known;
            }

            _lists.Add(key, known = [.. list.Select(text => Once(text).Text)]);
            _octets += PerList + (list.Count * sizeof(long)) + (2 * key.Length);
            return known;
        }
    }

    /// <summary>Adds the numbers of all words that are folded to this.</summary>
    public void FindFolded(ReadOnlySpan<char> folded, List<int> numbers)
    {
        lock (_gate)
        {
            if (!_letters.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out var letters))
            {
                return;
            }

            for (var next = letters.Folded; next > 0; next = _words[next - 1].SameFolded)
            {
                numbers.Add(next - 1);
            }
        }
    }

    /// <summary>Adds the numbers of all words with this stem.</summary>
    public void FindStem(string stem, List<int> numbers)
    {
        lock (_gate)
        {
            if (!_letters.TryGetValue(stem, out var letters))
            {
                return;
            }

            for (var next = letters.Stem; next > 0; next = _words[next - 1].SameStem)
            {
                numbers.Add(next - 1);
            }
        }
    }

    /// <summary>Adds the numbers of all words that begin so and are longer.</summary>
    public void FindBeginning(string beginning, List<int> numbers)
    {
        var count = Count;
        var words = Words;
        for (var number = 0; number < count; number++)
        {
            var folded = words[number].Folded;
            if (folded.Length > beginning.Length && folded.StartsWith(beginning, StringComparison.Ordinal))
            {
                numbers.Add(number);
            }
        }
    }

    private int Number(in Word word)
    {
        var cased = Once(word.Cased);
        for (var next = cased.Cased; next > 0; next = _words[next - 1].SameCased)
        {
            if (_words[next - 1].Folded == word.Folded)
            {
                return next - 1;
            }
        }

        if (_count == _words.Length)
        {
            // Whoever reads goes on in the old array, in which all numbers stand that they know.
            var more = new VocabularyWord[2 * _count];
            _words.CopyTo(more, 0);
            Volatile.Write(ref _words, more);
        }

        var (folded, stem) = (Once(word.Folded), Once(PorterStemmer.Stem(word.Folded)));
        _words[_count] = new VocabularyWord(folded.Text, cased.Text, stem.Text, folded.Folded, cased.Cased, stem.Stem);
        Volatile.Write(ref _count, _count + 1);
        // Each by itself: they may be the same letters.
        Letter(cased.Text).Cased = _count;
        Letter(folded.Text).Folded = _count;
        Letter(stem.Text).Stem = _count;
        _octets += PerWord;
        return _count - 1;
    }

    /// <summary>Most words are their own stem or their own lower case, and stems are shared.</summary>
    private Letters Once(string text)
    {
        ref var letters = ref CollectionsMarshal.GetValueRefOrAddDefault(_letters, text, out var known);
        if (!known)
        {
            letters.Text = text;
            _octets += PerLetters + PerString + (2 * text.Length);
        }

        return letters;
    }

    private ref Letters Letter(string text) => ref CollectionsMarshal.GetValueRefOrNullRef(_letters, text);

    /// <summary>Letters, and one more than the number of the last word that has them as they are written, folded, or as its stem; 0 where none has.</summary>
    private struct Letters
    {
        public string Text;
        public int Cased;
        public int Folded;
        public int Stem;
    }
}

/// <param name="Folded">See <see cref="Word.Folded"/>.</param>
/// <param name="Cased">See <see cref="Word.Cased"/>.</param>
/// <param name="Stem">The stem of the folded word.</param>
/// <param name="SameFolded">One more than the number of the word before it that is folded to the same; 0 where there is none.</param>
/// <param name="SameCased">The same for the letters as they are written.</param>
/// <param name="SameStem">The same for the stem.</param>
internal readonly record struct VocabularyWord(string Folded, string Cased, string Stem, int SameFolded, int SameCased, int SameStem);
