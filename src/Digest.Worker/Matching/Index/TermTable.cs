using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>All terms that some profile looks for, found by the hash of their letters. Numbers are given in order and never again.</summary>
internal sealed class TermTable
{
    /// <summary>Longer terms are found by their first letters and then compared.</summary>
    public const int LongestHashed = 48;

    private readonly Dictionary<ulong, int> _first = [];
    private readonly List<Term?> _terms = [];
    private readonly List<int> _next = [];
    private ulong[] _filter = new ulong[1 << 12];

    public int Count => _terms.Count;

    /// <summary>A bit for every length that some whole key has.</summary>
    public ulong WholeLengths { get; private set; }

    /// <summary>A bit for every number of letters that some leading key has.</summary>
    public ulong LeadLengths { get; private set; }

    public Term? this[int number] => _terms[number];

    /// <summary>The next term with the same key; -1 at the end.</summary>
    public int Next(int number) => _next[number];

    /// <summary>The first term with that key; -1 where there is none.</summary>
    public int Find(ulong key) => MayHave(key) && _first.TryGetValue(key, out var number) ? number : -1;

    /// <summary>The term with its number: the one that is there already, or this one.</summary>
    public Term Number(Term term)
    {
        var (family, letters) = Key(term);
        var key = LetterHash.Key(LetterHash.Of(letters), family);
        for (var number = Find(key); number >= 0; number = _next[number])
        {
            if (term.Equals(_terms[number]))
            {
                return _terms[number]!;
            }
        }

        var numbered = term.Numbered(_terms.Count);
        Add(key, numbered);
        switch (family)
        {
            case KeyFamily.Whole:
                WholeLengths |= 1UL << letters.Length;
                break;
            case KeyFamily.Lead:
                LeadLengths |= 1UL << letters.Length;
                break;
        }

        return numbered;
    }

    /// <summary>The number of a name (an author's family name, a category) that queries hang on.</summary>
    public int Number(KeyFamily family, string name)
    {
        var key = LetterHash.Key(LetterHash.Of(name), family);
        var number = Find(key);
        if (number < 0)
        {
            number = _terms.Count;
            Add(key, null);
        }

        return number;
    }

    private static (KeyFamily Family, string Letters) Key(Term term) => term switch
    {
        { Stem: { } stem } => (KeyFamily.Stem, stem),
        { Key.Length: > LongestHashed } => (KeyFamily.Lead, term.Key[..LongestHashed]),
        { IsPrefix: true } => (KeyFamily.Lead, term.Key),
        _ => (KeyFamily.Whole, term.Key),
    };

    private void Add(ulong key, Term? term)
    {
        _next.Add(_first.TryGetValue(key, out var older) ? older : -1);
        _first[key] = _terms.Count;
        _terms.Add(term);
        if (_terms.Count > _filter.Length * 8)
        {
            _filter = new ulong[_filter.Length * 2];
            foreach (var known in _first.Keys)
            {
                Mark(known);
            }
        }

        Mark(key);
    }

    private void Mark(ulong key) => _filter[(key >> 6) & (ulong)(_filter.Length - 1)] |= 1UL << (int)(key & 63);

    /// <summary>A bit for every key, at least eight bits a key: most questions end here.</summary>
    private bool MayHave(ulong key) => (_filter[(key >> 6) & (ulong)(_filter.Length - 1)] >> (int)(key & 63) & 1) != 0;
}
