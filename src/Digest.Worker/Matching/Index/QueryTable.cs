using System.Runtime.InteropServices;
using System.Text;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>
/// All distinct queries, each hanging on the terms of which a fitting paper must have at least one (its anchors): a query whose anchors no paper
/// has is never looked at.
/// </summary>
internal sealed class QueryTable
{
    private readonly KeyNumbers _keys = new();
    private readonly IntRuns _codes = new();
    private readonly List<int> _addresses = [];
    private readonly List<int> _heads = [];
    private readonly List<int> _hanging = [];
    private readonly List<ulong> _links = [];
    private readonly List<int> _code = [];
    private readonly List<int> _anchors = [];
    private readonly StringBuilder _canonical = new();
    private char[] _letters = new char[256];
    private readonly Dictionary<int, IReadOnlyList<string>> _categories = [];

    public TermTable Terms { get; } = new();

    public int Count => _addresses.Count;

    /// <summary>The query as a <see cref="QueryCode"/>.</summary>
    public ReadOnlySpan<int> Code(int query) => _codes[_addresses[query]][1..];

    public bool Excludes(int query) => _codes[_addresses[query]][0] != 0;

    /// <summary>The categories that a query names.</summary>
    public IReadOnlyList<string> Categories(int query)
    {
        var code = Code(query);
        if (QueryCode.Kind(code) is QueryKind.Phrase or QueryKind.Plain or QueryKind.Near or QueryKind.Author)
        {
            return [];
        }

        if (!_categories.TryGetValue(query, out var categories))
        {
            _categories.Add(query, categories = [.. QueryParts.Categories(QueryCode.Read(code, Terms.Term))]);
        }

        return categories;
    }

    /// <summary>The number of an interest's query; interests that ask for the same have the same.</summary>
    public int Number(Interest interest)
    {
        var key = Key(interest);
        var number = _keys.Find(key);
        if (number < 0)
        {
            number = _keys.Add(key);
            _code.Clear();
            _code.Add(interest.Excludes ? 1 : 0);
            QueryCode.Write(interest.Query, Terms, _code);
            _addresses.Add(_codes.Add(CollectionsMarshal.AsSpan(_code)));
            _anchors.Clear();
            Anchors(interest.Query, _anchors);
            for (var place = 0; place < _anchors.Count; place++)
            {
                if (_anchors.IndexOf(_anchors[place]) == place)
                {
                    Hang(number, _anchors[place]);
                }
            }
        }

        return number;
    }

    /// <summary>The first query that hangs on a term, as the number of a link; -1 where none does.</summary>
    public int FirstOn(int term) => term < _heads.Count ? _heads[term] : -1;

    /// <summary>The query of a link, and the next link of the same term or -1.</summary>
    public int On(int link, out int next)
    {
        var both = _links[link];
        next = (int)(both >> 32) - 1;
        return (int)both;
    }

    public void Write(CompiledWriter to)
    {
        Terms.Write(to);
        _keys.Write(to);
        _codes.Write(to);
        to.Write(_addresses);
        to.Write(_heads);
        to.Write(_hanging);
        to.Write(_links);
    }

    public void Read(CompiledReader from)
    {
        Terms.Read(from);
        _keys.Read(from);
        _codes.Read(from);
        from.Read(_addresses);
        from.Read(_heads);
        from.Read(_hanging);
        from.Read(_links);
    }

    /// <summary>The key of what an interest asks for, written in memory that is used again.</summary>
    private ulong Key(Interest interest)
    {
        interest.WriteCanonical(_canonical.Clear());
        if (_canonical.Length > _letters.Length)
        {
            _letters = new char[_canonical.Length * 2];
        }

        _canonical.CopyTo(0, _letters, _canonical.Length);
        return LetterHash.Key(_letters.AsSpan(0, _canonical.Length), KeyFamily.Query);
    }

    private List<int> Anchors(Query query)
    {
        var anchors = new List<int>();
        Anchors(query, anchors);
        return anchors;
    }

    /// <summary>Adds the anchors of a query.</summary>
    private void Anchors(Query query, List<int> to)
    {
        switch (query)
        {
            case Query.Phrase phrase:
                to.Add(Terms.Number(phrase.Term));
                break;
            case Query.Plain plain:
                OfPlain(plain, to);
                break;
            case Query.Near near:
                to.Add(Rarest(near.Words));
                break;
            case Query.Author author:
                OfAuthor(author.Name, to);
                break;
            case Query.Category category:
                to.Add(Terms.Number(KeyFamily.Category, category.Code));
                break;
            case Query.All all:
                to.AddRange(all.Of.Where(part => part is not Query.Not).Select(Anchors).MinBy(anchors => anchors.Sum(Hanging)) ?? []);
                break;
            case Query.Any any:
                any.Of.ToList().ForEach(part => Anchors(part, to));
                break;
            case Query.Weighted weighted:
                Anchors(weighted.Of, to);
                break;
        }
    }

    /// <summary>Of n words of which m are needed, any n - m + 1 hold one that is there.</summary>
    private void OfPlain(Query.Plain plain, List<int> to)
    {
        if (plain.IsDescription)
        {
            to.AddRange(plain.Words.Select(Terms.Number).OrderBy(Hanging).Take(plain.Words.Count - Closeness.Needed(plain.Words.Count) + 1));
        }
        else
        {
            to.Add(Rarest(plain.Words));
        }

        if (plain.Whole is not null)
        {
            to.Add(Terms.Number(plain.Whole));
        }
    }

    /// <summary>Of words of which each is needed, the one on which the fewest queries hang; of several the first.</summary>
    private int Rarest(IReadOnlyList<Term> words)
    {
        var rarest = Terms.Number(words[0]);
        for (var place = 1; place < words.Count; place++)
        {
            var term = Terms.Number(words[place]);
            rarest = Hanging(term) < Hanging(rarest) ? term : rarest;
        }

        return rarest;
    }

    /// <summary>The family name, and the given name in case that the order was the other one.</summary>
    private void OfAuthor(AuthorName name, List<int> to)
    {
        to.Add(Terms.Number(KeyFamily.Author, name.Family));
        if (name.Given.Count == 1)
        {
            to.Add(Terms.Number(KeyFamily.Author, name.Given[0]));
        }
    }

    private int Hanging(int term) => term < _hanging.Count ? _hanging[term] : 0;

    private void Hang(int query, int anchor)
    {
        while (_heads.Count <= anchor)
        {
            _heads.Add(-1);
            _hanging.Add(0);
        }

        _links.Add((uint)query | ((ulong)(uint)(_heads[anchor] + 1) << 32));
        _heads[anchor] = _links.Count - 1;
        _hanging[anchor]++;
    }
}
