using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Scores queries on one paper: BM25 over title and abstract as one text, the title counting more.</summary>
internal sealed class QueryScoring(PaperReading paper, Corpus corpus, Breadth breadth)
{
    /// <summary>Null where the paper does not fit.</summary>
    public Score? Of(Query query) => query switch
    {
        Query.Phrase phrase => OfPhrase(phrase),
        Query.Plain plain => OfPlain(plain),
        Query.Near near => OfNear(near),
        Query.Author author => OfAuthor(author.Name),
        Query.Category category => OfCategory(category.Code),
        Query.All all => OfAll(all),
        Query.Any any => OfAny(any),
        Query.Weighted weighted => Of(weighted.Of)?.Times(weighted.Weight),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "Exclusions have no score of their own."),
    };

    /// <summary>A line that keeps papers out: the same, but a description must stand close together.</summary>
    public bool Excludes(Query query) => query switch
    {
        Query.Plain plain => OfPlain(plain, strict: true) is not null,
        Query.All all => all.Of.All(part => part is Query.Not not ? !Excludes(not.Of) : Excludes(part)),
        Query.Any any => any.Of.Any(Excludes),
        Query.Weighted weighted => Excludes(weighted.Of),
        Query.Not not => !Excludes(not.Of),
        _ => Of(query) is not null,
    };

    private Score? OfPhrase(Query.Phrase phrase)
    {
        var found = TermFinder.Find(phrase.Term, paper, phrase.Fields);
        if (found.Count == 0)
        {
            return null;
        }

        var score = Bm25(phrase.Term, found) with { Words = found };
        return phrase.Term.Words.Count == 1 ? score : score with { Phrase = Weights.Phrase * score.Total };
    }

    private Score? OfPlain(Query.Plain plain, bool strict = false)
    {
        var words = plain.Words.Select(word => TermFinder.Find(word, paper, plain.Fields)).ToList();
        var whole = plain.Whole is null ? [] : TermFinder.Find(plain.Whole, paper, plain.Fields);
        var near = Closeness.Windows(words, Closeness.Distance(words.Count));
        var isDescription = !strict && words.Count >= Closeness.Description && words.Count(found => found.Count > 0) >= (breadth == Breadth.Search ? 1 : Closeness.Needed(words.Count));
        if (whole.Count == 0 && near.Count == 0 && !isDescription)
        {
            return null;
        }

        var score = new Score();
        for (var i = 0; i < words.Count; i++)
        {
            // A word that the phrase holds in another spelling stands where the phrase stands.
            var places = words[i].Count > 0 ? words[i] : whole;
            score += Bm25(plain.Words[i], places);
        }

        var bonus = whole.Count == 0 && near.Count == 0 ? Pairs(plain, words) : whole.Count > 0 ? Weights.Phrase * Bm25(plain.Whole!, whole).Total : near.Count > 0 ? Weights.Near * score.Total : 0;
        List<Occurrence> hits = whole.Count > 0 || near.Count > 0 ? [.. whole, .. near] : [.. words.SelectMany(found => found)];
        return score with { Phrase = bonus, Words = hits };
    }

    /// <summary>Neighbours in a description that stand as neighbours in the paper too ("neural network" of a long line).</summary>
    private double Pairs(Query.Plain plain, List<List<Occurrence>> words)
    {
        var sum = 0.0;
        for (var i = 1; i < words.Count; i++)
        {
            var places = Closeness.Windows([words[i - 1], words[i]], Closeness.PairDistance);
            if (places.Count > 0)
            {
                sum += Math.Min(Bm25(plain.Words[i - 1], places).Total, Bm25(plain.Words[i], places).Total);
            }
        }

        return Weights.Pair * sum;
    }

    private Score? OfNear(Query.Near near)
    {
        var words = near.Words.Select(word => TermFinder.Find(word, paper, near.Fields)).ToList();
        var places = Closeness.Windows(words, near.Distance);
        if (places.Count == 0)
        {
            return null;
        }

        var score = words.Select((found, i) => Bm25(near.Words[i], found)).Aggregate((left, right) => left + right);
        return score with { Phrase = Weights.Near * score.Total, Words = places };
    }

    private Score? OfAuthor(AuthorName name)
    {
        var authors = Enumerable.Range(0, paper.Authors.Count).Where(i => paper.Authors[i] is { } author && name.IsCompatibleWith(author)).ToList();
        return authors.Count == 0 ? null : new Score { Author = Weights.Author, Authors = authors };
    }

    private Score? OfCategory(string code)
    {
        var categories = paper.Paper.Categories;
        var places = Enumerable.Range(0, categories.Count).Where(i => CategoryCode.Covers(code, categories[i])).ToList();
        return places.Count == 0 ? null : new Score { Category = Weights.Category, Categories = places };
    }

    private Score? OfAll(Query.All all)
    {
        var sum = new Score();
        foreach (var part in all.Of)
        {
            if (part is Query.Not not)
            {
                if (Excludes(not.Of))
                {
                    return null;
                }
            }
            else if (Of(part) is { } score)
            {
                sum += score;
            }
            else
            {
                return null;
            }
        }

        return sum;
    }

    /// <summary>Alternatives name one thing: the best counts, the others only show where they stand.</summary>
    private Score? OfAny(Query.Any any)
    {
        Score? best = null;
        foreach (var part in any.Of)
        {
            if (Of(part) is { } score)
            {
                best = best is null ? score : score.Total > best.Total ? score.WithPlacesOf(best) : best.WithPlacesOf(score);
            }
        }

        return best;
    }

    private Score Bm25(Term term, List<Occurrence> places)
    {
        var inTitle = places.Count(place => place.Field == Fields.Title);
        var title = Weights.Title * inTitle / Dilution(Weights.LengthOfTitle, paper.Title.Count, corpus.TitleLength);
        var text = (places.Count - inTitle) / Dilution(Weights.LengthOfAbstract, paper.Abstract.Count, corpus.AbstractLength);
        if (places.Count == 0)
        {
            return new Score();
        }

        var score = corpus.Rarity(term) * (Weights.K1 + 1) / (Weights.K1 + title + text);
        return new Score { Title = score * title, Abstract = score * text };
    }

    private static double Dilution(double share, int length, double mean) => 1 - share + (share * length / mean);
}
