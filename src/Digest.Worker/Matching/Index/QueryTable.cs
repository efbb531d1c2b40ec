using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>
/// All distinct queries, each hanging on the terms of which a fitting paper must have at least one (its anchors): a query whose anchors no paper
/// has is never looked at.
/// </summary>
internal sealed class QueryTable
{
    private readonly TermTable _terms = new();
    private readonly Dictionary<ulong, int> _known = [];
    private readonly List<Query> _queries = [];
    private readonly List<bool> _excludes = [];
    private readonly List<int> _heads = [];
    private readonly List<int> _hanging = [];
    private readonly List<(int Query, int Next)> _links = [];

    public TermTable Terms => _terms;

    public int Count => _queries.Count;

    public Query this[int query] => _queries[query];

    public bool Excludes(int query) => _excludes[query];

    /// <summary>The number of an interest's query; interests that ask for the same have the same.</summary>
    public int Number(Interest interest)
    {
        var key = LetterHash.Of(interest.Canonical);
        if (!_known.TryGetValue(key, out var number))
        {
            number = _queries.Count;
            _known.Add(key, number);
            var query = QueryNumbering.With(_terms, interest.Query);
            _queries.Add(query);
            _excludes.Add(interest.Excludes);
            foreach (var anchor in Anchors(query).Distinct())
            {
                Hang(number, anchor);
            }
        }

        return number;
    }

    /// <summary>Calls back for every query that hangs on the term.</summary>
    public void ForEachOn(int term, Action<int> query)
    {
        for (var link = term < _heads.Count ? _heads[term] : -1; link >= 0; link = _links[link].Next)
        {
            query(_links[link].Query);
        }
    }

    private List<int> Anchors(Query query) => query switch
    {
        Query.Phrase phrase => [phrase.Term.Number],
        Query.Plain plain => OfPlain(plain),
        Query.Near near => [near.Words.MinBy(word => Hanging(word.Number))!.Number],
        Query.Author author => OfAuthor(author.Name),
        Query.Category category => [_terms.Number(KeyFamily.Category, category.Code)],
        Query.All all => all.Of.Where(part => part is not Query.Not).Select(Anchors).MinBy(anchors => anchors.Sum(Hanging)) ?? [],
        Query.Any any => [.. any.Of.SelectMany(Anchors)],
        Query.Weighted weighted => Anchors(weighted.Of),
        _ => [],
    };

    /// <summary>Of n words of which m are needed, any n - m + 1 hold one that is there.</summary>
    private List<int> OfPlain(Query.Plain plain)
    {
        var needed = plain.IsDescription ? Closeness.Needed(plain.Words.Count) : plain.Words.Count;
        var anchors = plain.Words.Select(word => word.Number).OrderBy(Hanging).Take(plain.Words.Count - needed + 1).ToList();
        if (plain.Whole is not null)
        {
            anchors.Add(plain.Whole.Number);
        }

        return anchors;
    }

    /// <summary>The family name, and the given name in case that the order was the other one.</summary>
    private List<int> OfAuthor(AuthorName name) =>
        [_terms.Number(KeyFamily.Author, name.Family), .. name.Given.Count == 1 ? [_terms.Number(KeyFamily.Author, name.Given[0])] : Array.Empty<int>()];

    private int Hanging(int term) => term < _hanging.Count ? _hanging[term] : 0;

    private void Hang(int query, int anchor)
    {
        while (_heads.Count <= anchor)
        {
            _heads.Add(-1);
            _hanging.Add(0);
        }

        _links.Add((query, _heads[anchor]));
        _heads[anchor] = _links.Count - 1;
        _hanging[anchor]++;
    }
}
