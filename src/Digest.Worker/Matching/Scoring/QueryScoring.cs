using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Scores queries on one paper after the other: BM25 over title and abstract as one text, the title counting more.</summary>
internal sealed class QueryScoring(IPlaces places, Breadth breadth)
{
    private readonly Closeness _closeness = new();
    private readonly Closeness _pair = new();
    private readonly List<Occurrence> _pairPlaces = [];
    private PaperReading _paper = null!;
    private bool _knowsRarity;
    private double _titleDilution;
    private double _abstractDilution;

    /// <summary>Where hits are noted; null when only the score is asked for.</summary>
    public HitPlaces? Hits { get; set; }

    public QueryScoring On(PaperReading paper, Corpus corpus)
    {
        _paper = paper;
        _knowsRarity = corpus.KnowsRarity;
        _titleDilution = Dilution(Weights.LengthOfTitle, paper.Title.Count, corpus.TitleLength);
        _abstractDilution = Dilution(Weights.LengthOfAbstract, paper.Abstract.Count, corpus.AbstractLength);
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
        var found = In(phrase.Fields, places.Of(phrase.Term));
        if (found.IsEmpty)
        {
            return false;
        }

        Hits?.Words.AddRange(found);
        score = Bm25(phrase.Term, found);
        score.Phrase = phrase.Term.WordCount == 1 ? 0 : Weights.Phrase * score.Total;
        return true;
    }

    private bool FitsPlain(Query.Plain plain, ref Score score, bool strict)
    {
        var whole = plain.Whole is null ? [] : In(plain.Fields, places.Of(plain.Whole));
        var present = 0;
        foreach (var word in plain.Words)
        {
            present += In(plain.Fields, places.Of(word)).IsEmpty ? 0 : 1;
        }

        var isNear = present == plain.Words.Count && (whole.IsEmpty || Hits is not null) && IsNear(plain.Words, plain.Fields, Closeness.Distance(plain.Words.Count));
        if (whole.IsEmpty && !isNear)
        {
            var needed = strict || !plain.IsDescription ? int.MaxValue : breadth == Breadth.Search ? 1 : Closeness.Needed(plain.Words.Count);
            if (present < needed || (breadth == Breadth.Issue && !IsTelling(plain)))
            {
                return false;
            }
        }

        Hits?.Words.AddRange(whole);
        foreach (var word in plain.Words)
        {
            // A word that the phrase holds in another spelling stands where the phrase stands.
            var found = In(plain.Fields, places.Of(word));
            score.Add(Bm25(word, found.IsEmpty ? whole : found));
            if (whole.IsEmpty && !isNear)
            {
                Hits?.Words.AddRange(found);
            }
        }

        score.Phrase = !whole.IsEmpty ? Weights.Phrase * Bm25(plain.Whole!, whole).Total : isNear ? Weights.Near * score.Total : Pairs(plain);
        return true;
    }

    /// <summary>Whether the words that are there are those that say what the line is about, not only those that half of all papers have.</summary>
    private bool IsTelling(Query.Plain plain)
    {
        var (all, there) = (0.0, 0.0);
        foreach (var word in plain.Words)
        {
            var rarity = places.Rarity(word);
            all += rarity;
            there += In(plain.Fields, places.Of(word)).IsEmpty ? 0 : rarity;
        }

        return !_knowsRarity || there >= Closeness.NeededRarity * all;
    }

    private bool IsNear(IReadOnlyList<Term> words, Fields fields, int distance)
    {
        _closeness.Begin();
        foreach (var word in words)
        {
            _closeness.Add(In(fields, places.Of(word)));
        }

        return _closeness.FindWindows(distance, Hits?.Words);
    }

    /// <summary>Neighbours in a description that stand as neighbours in the paper too ("neural network" of a long line).</summary>
    private double Pairs(Query.Plain plain)
    {
        var sum = 0.0;
        for (var i = 1; i < plain.Words.Count; i++)
        {
            var (left, right) = (plain.Words[i - 1], plain.Words[i]);
            _pair.Begin();
            _pair.Add(In(plain.Fields, places.Of(left)));
            _pair.Add(In(plain.Fields, places.Of(right)));
            _pairPlaces.Clear();
            if (_pair.FindWindows(Closeness.PairDistance, _pairPlaces))
            {
                var found = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pairPlaces);
                sum += Math.Min(Bm25(left, found).Total, Bm25(right, found).Total);
            }
        }

        return Weights.Pair * sum;
    }

    private bool FitsNear(Query.Near near, ref Score score)
    {
        foreach (var word in near.Words)
        {
            if (In(near.Fields, places.Of(word)).IsEmpty)
            {
                return false;
            }
        }

        if (!IsNear(near.Words, near.Fields, near.Distance))
        {
            return false;
        }

        foreach (var word in near.Words)
        {
            score.Add(Bm25(word, In(near.Fields, places.Of(word))));
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
        var categories = _paper.Paper.Categories;
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

    private Score Bm25(Term term, ReadOnlySpan<Occurrence> found)
    {
        if (found.IsEmpty)
        {
            return default;
        }

        var inTitle = In(Fields.Title, found).Length;
        var title = Weights.Title * inTitle / _titleDilution;
        var text = (found.Length - inTitle) / _abstractDilution;
        var score = places.Rarity(term) * (Weights.K1 + 1) / (Weights.K1 + title + text);
        return new Score { Title = score * title, Abstract = score * text };
    }

    private static ReadOnlySpan<Occurrence> In(Fields fields, ReadOnlySpan<Occurrence> found)
    {
        if (fields == Fields.Both)
        {
            return found;
        }

        var titles = 0;
        while (titles < found.Length && found[titles].Field == Fields.Title)
        {
            titles++;
        }

        return fields == Fields.Title ? found[..titles] : found[titles..];
    }

    private static double Dilution(double share, int length, double mean) => 1 - share + (share * length / mean);
}
