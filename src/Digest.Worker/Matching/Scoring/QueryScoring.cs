using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Whether queries fit one paper after the other, and what each scores it.</summary>
internal sealed class QueryScoring(IPlaces places, Breadth breadth)
{
    private readonly Closeness _closeness = new(places);
    private readonly List<Occurrence> _pairPlaces = [];
    private readonly Bm25 _bm25 = new(places);
    private PlaceRun[] _runs = new PlaceRun[8];
    private PaperShape _paper = null!;
    private bool _knowsRarity;

    /// <summary>Where hits are noted; null when only the score is asked for.</summary>
    public HitPlaces? Hits { get; set; }

    public QueryScoring On(PaperShape paper, Corpus corpus)
    {
        _paper = paper;
        _knowsRarity = corpus.KnowsRarity;
        _bm25.On(paper, corpus);
        return this;
    }

    /// <summary>False where the paper does not fit.</summary>
    public bool Fits(Query query, out Score score)
    {
        score = default;
        switch (query)
        {
            case Query.Phrase phrase:
                return FitsPhrase(phrase, ref score);
            case Query.Plain plain:
                return FitsPlain(plain, ref score, strict: false);
            case Query.Near near:
                return FitsNear(near, ref score);
            case Query.Author author:
                return FitsAuthor(author.Name, ref score);
            case Query.Category category:
                return FitsCategory(category.Code, ref score);
            case Query.All all:
                return FitsAll(all, ref score);
            case Query.Any any:
                return FitsAny(any, ref score);
            case Query.Weighted weighted when Fits(weighted.Of, out score):
                score.Multiply(weighted.Weight);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A line that keeps papers out: the same, but a description must stand close together.</summary>
    public bool Excludes(Query query)
    {
        var score = default(Score);
        return query switch
        {
            Query.Plain plain => FitsPlain(plain, ref score, strict: true),
            Query.All all => all.Of.All(part => part is Query.Not not ? !Excludes(not.Of) : Excludes(part)),
            Query.Any any => any.Of.Any(Excludes),
            Query.Weighted weighted => Excludes(weighted.Of),
            Query.Not not => !Excludes(not.Of),
            _ => Fits(query, out _),
        };
    }

    private bool FitsPhrase(Query.Phrase phrase, ref Score score)
    {
        var found = In(phrase.Fields, places.At(places.Find(phrase.Term)));
        if (found.IsEmpty)
        {
            return false;
        }

        Hits?.Words.AddRange(found);
        score = WithPhrase(phrase.Term, _bm25.Of(phrase.Term, found));
        return true;
    }

    /// <summary>The score of a term by itself, in these places.</summary>
    public Score Of(Term term, ReadOnlySpan<Occurrence> found) => _bm25.Of(term, found);

    /// <summary>The score of a term as a line of its own: a run of words counts more than its words.</summary>
    public static Score WithPhrase(Term term, Score score)
    {
        score.Phrase = term.WordCount == 1 ? 0 : Weights.Phrase * score.Total;
        return score;
    }

    private bool FitsPlain(Query.Plain plain, ref Score score, bool strict)
    {
        var whole = plain.Whole is null ? default : In(plain.Fields, places.Find(plain.Whole));
        var words = Find(plain.Words, plain.Fields, out var present);
        var isNear = present == words.Length && (whole.IsEmpty || Hits is not null) && _closeness.Find(words, Closeness.Distance(words.Length), _paper, Hits?.Words);
        if (whole.IsEmpty && !isNear)
        {
            var needed = strict || !plain.IsDescription ? int.MaxValue : breadth == Breadth.Search ? 1 : Closeness.Needed(words.Length);
            if (present < needed || (breadth == Breadth.Issue && !IsTelling(plain, words)))
            {
                return false;
            }
        }

        Hits?.Words.AddRange(places.At(whole));
        for (var i = 0; i < words.Length; i++)
        {
            // A word that the phrase holds in another spelling stands where the phrase stands.
            score.Add(_bm25.Of(plain.Words[i], places.At(words[i].IsEmpty ? whole : words[i])));
            if (whole.IsEmpty && !isNear)
            {
                Hits?.Words.AddRange(places.At(words[i]));
            }
        }

        if (whole.IsEmpty && plain.IsPhrase)
        {
            score.Multiply(Weights.Apart);
            return true;
        }

        score.Phrase = !whole.IsEmpty ? Weights.Phrase * _bm25.Of(plain.Whole!, places.At(whole)).Total : isNear ? Weights.Near * score.Total : Pairs(plain, words);
        return true;
    }

    /// <summary>Where each of the words stands; valid until the next call.</summary>
    private ReadOnlySpan<PlaceRun> Find(IReadOnlyList<Term> words, Fields fields, out int present)
    {
        if (_runs.Length < words.Count)
        {
            _runs = new PlaceRun[words.Count];
        }

        present = 0;
        for (var i = 0; i < words.Count; i++)
        {
            _runs[i] = In(fields, places.Find(words[i]));
            present += _runs[i].IsEmpty ? 0 : 1;
        }

        return _runs.AsSpan(0, words.Count);
    }

    /// <summary>Whether the words that are there are those that say what the line is about, not only those that half of all papers have.</summary>
    private bool IsTelling(Query.Plain plain, ReadOnlySpan<PlaceRun> words)
    {
        var (all, there) = (0.0, 0.0);
        for (var i = 0; i < words.Length; i++)
        {
            var rarity = places.Rarity(plain.Words[i]);
            all += rarity;
            there += words[i].IsEmpty ? 0 : rarity;
        }

        return !_knowsRarity || there >= Closeness.NeededRarity * all;
    }

    /// <summary>Neighbours in a description that stand as neighbours in the paper too ("neural network" of a long line).</summary>
    private double Pairs(Query.Plain plain, ReadOnlySpan<PlaceRun> words)
    {
        var sum = 0.0;
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i - 1].IsEmpty || words[i].IsEmpty)
            {
                continue;
            }

            _pairPlaces.Clear();
            if (_closeness.Find(words.Slice(i - 1, 2), Closeness.PairDistance, _paper, _pairPlaces))
            {
                var found = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pairPlaces);
                sum += Math.Min(_bm25.Of(plain.Words[i - 1], found).Total, _bm25.Of(plain.Words[i], found).Total);
            }
        }

        return Weights.Pair * sum;
    }

    private bool FitsNear(Query.Near near, ref Score score)
    {
        var words = Find(near.Words, near.Fields, out var present);
        if (present < words.Length || !_closeness.Find(words, near.Distance, null, Hits?.Words))
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            score.Add(_bm25.Of(near.Words[i], places.At(words[i])));
        }

        score.Phrase = Weights.Near * score.Total;
        return true;
    }

    private bool FitsAuthor(AuthorName name, ref Score score)
    {
        for (var i = 0; i < _paper.Authors.Count; i++)
        {
            if (_paper.Authors[i] is { } author && name.IsCompatibleWith(author))
            {
                score.Author = Weights.Author;
                Hits?.Authors.Add(i);
            }
        }

        return score.Author > 0;
    }

    private bool FitsCategory(string code, ref Score score)
    {
        var categories = _paper.Categories;
        for (var i = 0; i < categories.Count; i++)
        {
            if (CategoryCode.Covers(code, categories[i]))
            {
                score.Category = Weights.Category;
                Hits?.Categories.Add(i);
            }
        }

        return score.Category > 0;
    }

    private bool FitsAll(Query.All all, ref Score score)
    {
        var mark = Hits?.Mark();
        foreach (var part in all.Of)
        {
            var fits = false;
            if (part is Query.Not not)
            {
                var hits = Hits;
                Hits = null;
                fits = !Excludes(not.Of);
                Hits = hits;
            }
            else if (Fits(part, out var one))
            {
                fits = true;
                score.Add(one);
            }

            if (!fits)
            {
                Hits?.Return(mark!.Value);
                return false;
            }
        }

        return true;
    }

    /// <summary>Alternatives name one thing: the best counts, the others only show where they stand.</summary>
    private bool FitsAny(Query.Any any, ref Score score)
    {
        var fits = false;
        foreach (var part in any.Of)
        {
            if (Fits(part, out var one))
            {
                score = !fits || one.Total > score.Total ? one : score;
                fits = true;
            }
        }

        return fits;
    }

    private PlaceRun In(Fields fields, PlaceRun run)
    {
        if (fields == Fields.Both || run.IsEmpty)
        {
            return run;
        }

        var titles = Bm25.Titles(places.At(run));
        return fields == Fields.Title ? run with { Count = titles } : new PlaceRun(run.Start + titles, run.Count - titles);
    }

    /// <summary>The places in those fields.</summary>
    public static ReadOnlySpan<Occurrence> In(Fields fields, ReadOnlySpan<Occurrence> found) => fields switch
    {
        Fields.Both => found,
        Fields.Title => found[..Bm25.Titles(found)],
        _ => found[Bm25.Titles(found)..],
    };
}
