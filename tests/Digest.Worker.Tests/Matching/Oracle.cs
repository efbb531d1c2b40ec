using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

/// <summary>
/// What the language means, said as plainly as possible: every run of words is tried for every term, nothing is indexed, nothing is kept.
/// It shares the word reader and the parser with the product (they have their own tests) and nothing else.
/// </summary>
internal sealed class Oracle(Paper paper, Corpus corpus)
{
    private readonly List<Word> _title = WordReader.Read(paper.Title);
    private readonly List<Word> _abstract = WordReader.Read(paper.Abstract);

    private readonly Dictionary<Term, List<(Fields Field, int First, int Last)>> _places = [];

    internal sealed record Verdict(double Score, SortedSet<(string Field, int Start, int Length)> Hits);

    /// <summary>The best interest's score and places, and the sum over all; null where the paper does not fit.</summary>
    public (double Total, string Interest, Verdict Best)? Of(IReadOnlyList<Interest> interests)
    {
        if (interests.Any(interest => interest.Excludes && Excludes(interest.Query)))
        {
            return null;
        }

        var fits = interests.Where(interest => !interest.Excludes).Select(interest => (interest.Label, Verdict: Of(interest.Query))).Where(one => one.Verdict is not null).ToList();
        if (fits.Count == 0)
        {
            return null;
        }

        var best = fits.MaxBy(one => one.Verdict!.Score);
        var votes = 0.02 * Math.Log2(1 + (paper.Upvotes ?? 0));
        return (best.Verdict!.Score + (0.5 * (fits.Sum(one => one.Verdict!.Score) - best.Verdict.Score)) + votes, best.Label, best.Verdict);
    }

    private Verdict? Of(Query query)
    {
        switch (query)
        {
            case Query.Phrase phrase:
                var found = Places(phrase.Term, phrase.Fields);
                var words = Bm25(phrase.Term, found);
                return found.Count == 0 ? null : new Verdict(words * (phrase.Term.WordCount > 1 ? 1.6 : 1), Hits(found));
            case Query.Plain plain:
                return OfPlain(plain, strict: false);
            case Query.Near near:
                var each = near.Words.Select(word => Places(word, near.Fields)).ToList();
                var windows = Windows(each, near.Distance, acrossSentences: true);
                return windows.Count == 0 ? null : new Verdict(1.2 * near.Words.Select((word, i) => Bm25(word, each[i])).Sum(), Hits(windows));
            case Query.Author author:
                return Listed("author", 12, paper.Authors, name => AuthorName.Parse(name) is { } parsed && author.Name.IsCompatibleWith(parsed));
            case Query.Category category:
                return Listed("category", 0.5, paper.Categories, code => category.Code.EndsWith('*')
                    ? code.StartsWith(category.Code[..^1], StringComparison.OrdinalIgnoreCase)
                    : (code + ".").StartsWith(category.Code + ".", StringComparison.OrdinalIgnoreCase));
            case Query.Weighted weighted:
                return Of(weighted.Of) is { } one ? one with { Score = one.Score * weighted.Weight } : null;
            case Query.All all:
                var wanted = all.Of.Where(part => part is not Query.Not).Select(Of).ToList();
                return wanted.Contains(null) || all.Of.OfType<Query.Not>().Any(not => Excludes(not.Of))
                    ? null
                    : new Verdict(wanted.Sum(part => part!.Score), [.. wanted.SelectMany(part => part!.Hits)]);
            case Query.Any any:
                var some = any.Of.Select(Of).Where(part => part is not null).ToList();
                return some.Count == 0 ? null : new Verdict(some.Max(part => part!.Score), [.. some.SelectMany(part => part!.Hits)]);
            default:
                throw new InvalidOperationException(query.ToString());
        }
    }

    private bool Excludes(Query query) => query switch
    {
        Query.Plain plain => OfPlain(plain, strict: true) is not null,
        Query.Not not => !Excludes(not.Of),
        Query.All all => all.Of.All(Excludes),
        Query.Any any => any.Of.Any(Excludes),
        Query.Weighted weighted => Excludes(weighted.Of),
        _ => Of(query) is not null,
    };

    private Verdict? OfPlain(Query.Plain plain, bool strict)
    {
        var each = plain.Words.Select(word => Places(word, plain.Fields)).ToList();
        List<(Fields, int, int)> whole = plain.Whole is null ? [] : Places(plain.Whole, plain.Fields);
        var near = Windows(each, 2 * each.Count);
        var enough = !strict && each.Count >= 4 && each.Count(found => found.Count > 0) * 3 >= each.Count * 2
            && (corpus.Papers < 100 || plain.Words.Where((_, i) => each[i].Count > 0).Sum(corpus.Rarity) >= 0.6 * plain.Words.Sum(corpus.Rarity));
        if (whole.Count == 0 && near.Count == 0 && !enough)
        {
            return null;
        }

        var score = plain.Words.Select((word, i) => Bm25(word, each[i].Count > 0 ? each[i] : whole)).Sum();
        if (whole.Count == 0 && each.Count < 4 && plain.Whole is not null)
        {
            return new Verdict(0.7 * score, Hits(near));
        }

        var closeness = whole.Count > 0 ? 0.6 * Bm25(plain.Whole!, whole)
            : near.Count > 0 ? 0.2 * score
            : 0.3 * Enumerable.Range(1, each.Count - 1).Sum(i => PairScore(plain.Words[i - 1], plain.Words[i], Windows([each[i - 1], each[i]], 1)));
        return new Verdict(score + closeness, Hits(whole.Count > 0 || near.Count > 0 ? [.. whole, .. near] : [.. each.SelectMany(found => found)]));
    }

    private double PairScore(Term left, Term right, List<(Fields, int, int)> places) =>
        places.Count == 0 ? 0 : Math.Min(Bm25(left, places), Bm25(right, places));

    private static Verdict? Listed(string field, double score, IReadOnlyList<string> list, Predicate<string> fits)
    {
        SortedSet<(string, int, int)> hits = [.. Enumerable.Range(0, list.Count).Where(i => fits(list[i])).Select(i => (field, i, 1))];
        return hits.Count == 0 ? null : new Verdict(score, hits);
    }

    private double Bm25(Term term, List<(Fields Field, int, int)> places)
    {
        var title = 2.5 * places.Count(place => place.Field == Fields.Title) / (0.4 + (0.6 * _title.Count / corpus.TitleLength));
        var text = places.Count(place => place.Field == Fields.Abstract) / (0.25 + (0.75 * _abstract.Count / corpus.AbstractLength));
        return corpus.Rarity(term) * 2.6 * (title + text) / (1.6 + title + text);
    }

    /// <summary>Each place from which, going on, all words come by before too many others do, together with the places on the way.</summary>
    private List<(Fields Field, int First, int Last)> Windows(List<List<(Fields Field, int First, int Last)>> words, int distance, bool acrossSentences = false)
    {
        var all = words.SelectMany((places, word) => places.Select(place => (place, word))).ToList();
        var inside = new HashSet<((Fields, int, int), int)>();
        foreach (var (first, _) in all)
        {
            var window = all.Where(one => one.place.Field == first.Field && one.place.First >= first.First && one.place.First - first.Last - 1 <= distance
                && (acrossSentences || !EndsBetween(first.Field, first.First, one.place.First))).ToList();
            if (Enumerable.Range(0, words.Count).All(word => window.Any(one => one.word == word)))
            {
                inside.UnionWith(window);
            }
        }

        return [.. inside.Select(one => one.Item1)];
    }

    private bool EndsBetween(Fields field, int first, int last) =>
        (field == Fields.Title ? _title : _abstract).GetRange(first + 1, last - first).Exists(word => word.Gap == Gap.Sentence);

    private List<(Fields Field, int First, int Last)> Places(Term term, Fields fields)
    {
        if (!_places.TryGetValue(term, out var places))
        {
            _places[term] = places = [.. Places(term, Fields.Title, _title), .. Places(term, Fields.Abstract, _abstract)];
        }

        return places.FindAll(place => fields.HasFlag(place.Field));
    }

    private static IEnumerable<(Fields, int, int)> Places(Term term, Fields field, List<Word> text)
    {
        for (var first = 0; first < text.Count; first++)
        {
            var letters = 0;
            for (var last = first; last < text.Count && letters < term.Key.Length; last++)
            {
                letters += text[last].Folded.Length;
                if ((letters >= term.Key.Length || term.Stem is not null) && Is(term, text.GetRange(first, last - first + 1)))
                {
                    yield return (field, first, last);
                    break;
                }
            }
        }
    }

    private static bool Is(Term term, List<Word> words)
    {
        if (term.Stem is not null)
        {
            return words.Count == 1 && PorterStemmer.Stem(words[0].Folded) == term.Stem;
        }

        if (words.Skip(1).Any(word => word.Gap == Gap.Sentence))
        {
            return false;
        }

        var letters = string.Concat(words.Select(word => word.Folded));
        var before = string.Concat(words.SkipLast(1).Select(word => word.Folded));
        if (term.IsPrefix ? !letters.StartsWith(term.Key, StringComparison.Ordinal) || before.Length >= term.Key.Length : letters != term.Key)
        {
            return false;
        }

        if (term.Cased is { } cased)
        {
            var written = string.Concat(words.Select(word => word.Cased.Length == word.Folded.Length ? word.Cased : word.Folded));
            if (cased.Where((letter, i) => letter != '\0' && written[i] != letter).Any())
            {
                return false;
            }
        }

        var mine = Borders([.. Enumerable.Range(0, term.WordCount).Select(i => term.Word(i).ToString())]);
        var theirs = Borders([.. words.Select(word => word.Folded)]);
        for (var i = 1; i < words.Count; i++)
        {
            var offset = theirs.ElementAt(i - 1);
            var (left, right) = (words[i - 1].Folded, words[i].Folded);
            if (!mine.Contains(offset) && (words[i].Gap is Gap.Break || Digits(left, right) || (words[i].Gap == Gap.Space && Small(left, right))))
            {
                return false;
            }
        }

        for (var i = 1; i < term.WordCount; i++)
        {
            var (left, right) = (term.Word(i - 1).ToString(), term.Word(i).ToString());
            if (!theirs.Contains(mine.ElementAt(i - 1)) && (Digits(left, right) || Small(left, right)))
            {
                return false;
            }
        }

        return true;
    }

    private static SortedSet<int> Borders(List<string> words)
    {
        var borders = new SortedSet<int>();
        var offset = 0;
        foreach (var word in words.SkipLast(1))
        {
            borders.Add(offset += word.Length);
        }

        return borders;
    }

    private static bool Digits(string left, string right) => char.IsAsciiDigit(left[^1]) && char.IsAsciiDigit(right[0]);

    private static bool Small(string left, string right) => FunctionWords.Contains(left) || FunctionWords.Contains(right);

    private SortedSet<(string, int, int)> Hits(List<(Fields Field, int First, int Last)> places) => [.. places.Select(place =>
    {
        var text = place.Field == Fields.Title ? _title : _abstract;
        return (place.Field == Fields.Title ? "title" : "abstract", text[place.First].Start, text[place.Last].End - text[place.First].Start);
    })];
}
