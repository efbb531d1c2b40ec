using System.Buffers;
using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// Finds terms in one packed paper after the other. Which words of the vocabulary a term can begin with is found once; in a paper only those
/// are looked at, the others are passed over as numbers.
/// </summary>
internal sealed class PackedPlaces(Corpus corpus) : PaperShape, IPlaces, IDisposable
{
    private readonly Dictionary<Term, KnownTerm> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<KnownTerm> _terms = [];
    private readonly List<Beginning> _beginnings = [default];
    private readonly List<int> _numbers = [];
    private readonly List<Word> _window = [];
    private readonly List<Occurrence> _places = [];
    private readonly int[][] _sentences = [[], []];

    /// <summary>For each word of the vocabulary where its <see cref="Beginning"/>s begin; 0 where it has none.</summary>
    private int[] _marks = [];
    private int _marked;
    private PackedWord[] _words = new PackedWord[512];
    private PackedReading? _paper;
    private int _names;
    private AuthorName?[]? _authors;

    public override int TitleWords => _paper!.TitleWords;

    public override int AbstractWords => _paper!.AbstractWords;

    public override IReadOnlyList<string> Categories => _paper!.Categories;

    public override IReadOnlyList<AuthorName?> Authors => _authors ??= [.. _paper!.Names(_names).Select(AuthorName.Parse)];

    private int Words => TitleWords + AbstractWords;

    public PackedPlaces On(PackedReading paper)
    {
        if (_paper?.Vocabulary != paper.Vocabulary)
        {
            Begin(paper.Vocabulary.Count);
        }

        (_paper, _authors) = (paper, null);
        Forget();
        _places.Clear();
        foreach (var term in _terms)
        {
            term.Forget();
        }

        if (_words.Length < Words)
        {
            _words = new PackedWord[2 * Words];
        }

        _names = paper.Unpack(_words);
        var marks = _marks;
        for (var at = 0; at < Words; at++)
        {
            var beginning = marks[_words[at].Number];
            if (beginning > 0)
            {
                Note(at, beginning);
            }
        }

        return this;
    }

    public PlaceRun Find(Term term)
    {
        var known = Known(term);
        if (known.Run is { } run)
        {
            return run;
        }

        var start = _places.Count;
        foreach (var (at, alone) in known.Begins)
        {
            var (field, offset, end) = at < TitleWords ? (Fields.Title, 0, TitleWords) : (Fields.Abstract, TitleWords, Words);
            if (alone)
            {
                _places.Add(new Occurrence(field, at - offset, at - offset));
            }
            else if (LengthOf(term, at, end) is var length && length > 0)
            {
                _places.Add(new Occurrence(field, at - offset, at - offset + length - 1));
            }
        }

        run = new PlaceRun(start, _places.Count - start);
        known.Run = run;
        return run;
    }

    public ReadOnlySpan<Occurrence> At(PlaceRun run) => CollectionsMarshal.AsSpan(_places).Slice(run.Start, run.Count);

    public double Rarity(Term term)
    {
        var known = Known(term);
        return known.Rarity ??= corpus.Rarity(term);
    }

    public void Dispose() => Begin(0);

    protected override int[] Sentences(Fields field)
    {
        var words = field == Fields.Title ? _words.AsSpan(0, TitleWords) : _words.AsSpan(TitleWords, AbstractWords);
        ref var sentences = ref _sentences[field == Fields.Title ? 0 : 1];
        if (sentences.Length < words.Length)
        {
            sentences = new int[2 * words.Length];
        }

        var sentence = 0;
        for (var i = 0; i < words.Length; i++)
        {
            sentence += i > 0 && words[i].Gap == Gap.Sentence ? 1 : 0;
            sentences[i] = sentence;
        }

        return sentences;
    }

    private void Begin(int words)
    {
        if (_marked > 0)
        {
            ArrayPool<int>.Shared.Return(_marks);
        }

        (_marks, _marked) = (words == 0 ? [] : ArrayPool<int>.Shared.Rent(words), words);
        Array.Clear(_marks, 0, words);
        _known.Clear();
        _terms.Clear();
        _beginnings.RemoveRange(1, _beginnings.Count - 1);
    }

    private KnownTerm Known(Term term)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, term, out var exists);
        if (exists)
        {
            return known!;
        }

        known = new KnownTerm();
        _terms.Add(known);
        Mark(term, known);
        for (var at = 0; at < Words; at++)
        {
            for (var next = _marks[_words[at].Number]; next > 0; next = _beginnings[next].Next)
            {
                if (_beginnings[next].Term == known)
                {
                    known.Begins.Add((at, _beginnings[next].Alone));
                }
            }
        }

        return known;
    }

    /// <summary>Marks the words with which a term can begin.</summary>
    private void Mark(Term term, KnownTerm known)
    {
        var vocabulary = _paper!.Vocabulary;
        _numbers.Clear();
        if (term.Stem is { } stem)
        {
            vocabulary.FindStem(stem, _numbers);
        }
        else
        {
            for (var length = 1; length <= term.Key.Length; length++)
            {
                vocabulary.FindFolded(term.Key.AsSpan(0, length), _numbers);
            }

            if (term.IsPrefix)
            {
                vocabulary.FindBeginning(term.Key, _numbers);
            }
        }

        var words = vocabulary.Words;
        foreach (var number in _numbers)
        {
            // Words that came after the papers stand in none of them.
            if (number >= _marked)
            {
                continue;
            }

            _window.Clear();
            _window.Add(Word(words[number], Gap.Break));
            var alone = term.Stem is not null || TermFinder.EndOf(term, _window, 0) == 0;
            if (alone || words[number].Folded.Length < term.Key.Length)
            {
                _beginnings.Add(new Beginning(known, alone, _marks[number]));
                _marks[number] = _beginnings.Count - 1;
            }
        }
    }

    private void Note(int at, int beginning)
    {
        for (; beginning > 0; beginning = _beginnings[beginning].Next)
        {
            _beginnings[beginning].Term.Begins.Add((at, _beginnings[beginning].Alone));
        }
    }

    /// <summary>How many words the term takes, begun at <paramref name="first"/>; 0 where it does not stand there.</summary>
    private int LengthOf(Term term, int first, int end)
    {
        var words = _paper!.Vocabulary.Words;
        var rest = term.Key.AsSpan();
        _window.Clear();
        for (var at = first; at < end && !rest.IsEmpty; at++)
        {
            ref readonly var word = ref words[_words[at].Number];
            _window.Add(Word(word, _words[at].Gap));
            if (word.Folded.Length >= rest.Length)
            {
                break;
            }

            if (!rest.StartsWith(word.Folded))
            {
                return 0;
            }

            rest = rest[word.Folded.Length..];
        }

        return TermFinder.EndOf(term, _window, 0) + 1;
    }

    private static Word Word(in VocabularyWord word, Gap gap) => new(word.Folded, word.Cased, 0, 0, gap);

    /// <summary>A term, and where in the paper it may begin.</summary>
    private sealed class KnownTerm
    {
        public List<(int At, bool Alone)> Begins { get; } = [];

        /// <summary>Null until it was asked for.</summary>
        public PlaceRun? Run { get; set; }

        public double? Rarity { get; set; }

        public void Forget()
        {
            Begins.Clear();
            Run = null;
        }
    }

    /// <param name="Alone">The word is the whole term; otherwise others may follow that make it whole.</param>
    /// <param name="Next">The next of the same word; 0 where it is the last.</param>
    private readonly record struct Beginning(KnownTerm Term, bool Alone, int Next);
}
