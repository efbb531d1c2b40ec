using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Index;

/// <summary>All terms that some profile looks for, found by the hash of their letters. Numbers are given in order and never again.</summary>
internal sealed class TermTable
{
    /// <summary>Longer terms are found by their first letters and then compared.</summary>
    public const int LongestHashed = 48;

    private readonly KeyNumbers _keys = new();
    private readonly List<int> _addresses = [];
    private readonly IntRuns _codes = new();
    private readonly List<int> _code = [];
    private ulong[] _filter = new ulong[1 << 6];

    public int Count => _addresses.Count;

    /// <summary>A bit for every length that some whole key has.</summary>
    public ulong WholeLengths { get; private set; }

    /// <summary>A bit for every number of letters that some leading key has.</summary>
    public ulong LeadLengths { get; private set; }

    /// <summary>The term of that number, made anew; not for the number of a name.</summary>
    public Term Term(int number) => TermCode.Read(_codes[_addresses[number]], number);

    /// <summary>One word without case: where its letters stand, it stands.</summary>
    public bool IsPlainWord(int number) => TermCode.IsPlainWord(_codes[_addresses[number]]);

    /// <summary>The first term with that key, and where to look for the <see cref="Next"/>; -1 where there is none.</summary>
    public int Find(ulong key, out int slot)
    {
        slot = 0;
        if (((_filter[(key >> 6) & (ulong)(_filter.Length - 1)] >> (int)(key & 63)) & 1) == 0)
        {
            return -1;
        }

        slot = _keys.Home(key);
        return _keys.Find(key, ref slot);
    }

    public int Next(ulong key, ref int slot) => _keys.Find(key, ref slot);

    /// <summary>The number of a name (an author's family name, a category) that queries hang on; -1 where none does.</summary>
    public int Find(KeyFamily family, ReadOnlySpan<char> name) => Find(LetterHash.Key(LetterHash.Of(name), family), out _);

    /// <summary>The number of the term: of the one that is there already, or a new one.</summary>
    public int Number(Term term)
    {
        var (family, letters) = Key(term);
        var key = LetterHash.Key(LetterHash.Of(letters), family);
        _code.Clear();
        TermCode.Write(term, _code);
        var code = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_code);
        for (var known = Find(key, out var slot); known >= 0; known = Next(key, ref slot))
        {
            if (_codes[_addresses[known]].SequenceEqual(code))
            {
                return known;
            }
        }

        WholeLengths |= family == KeyFamily.Whole ? 1UL << letters.Length : 0;
        LeadLengths |= family == KeyFamily.Lead ? 1UL << letters.Length : 0;
        return Add(key, _codes.Add(code));
    }

    /// <summary>The number of a name, given if need be.</summary>
    public int Number(KeyFamily family, string name)
    {
        var number = Find(family, name);
        return number >= 0 ? number : Add(LetterHash.Key(LetterHash.Of(name), family), -1);
    }

    public void Write(CompiledWriter to)
    {
        to.Write(WholeLengths);
        to.Write(LeadLengths);
        _keys.Write(to);
        to.Write(_addresses);
        _codes.Write(to);
    }

    public void Read(CompiledReader from)
    {
        WholeLengths = from.Long();
        LeadLengths = from.Long();
        _keys.Read(from);
        from.Read(_addresses);
        _codes.Read(from);
        MarkAll();
    }

    private static (KeyFamily Family, string Letters) Key(Term term) => term switch
    {
        { Stem: { } stem } => (KeyFamily.Stem, stem),
        { Key.Length: > LongestHashed } => (KeyFamily.Lead, term.Key[..LongestHashed]),
        { IsPrefix: true } => (KeyFamily.Lead, term.Key),
        _ => (KeyFamily.Whole, term.Key),
    };

    private int Add(ulong key, int address)
    {
        _addresses.Add(address);
        var number = _keys.Add(key);
        if (_addresses.Count > _filter.Length * 8)
        {
            MarkAll();
        }
        else
        {
            Mark(key);
        }

        return number;
    }

    private void MarkAll()
    {
        _filter = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, _addresses.Count / 4))];
        foreach (var key in _keys.Keys)
        {
            Mark(key);
        }
    }

    /// <summary>A bit for every key, at least eight bits a key: most questions end here.</summary>
    private void Mark(ulong key) => _filter[(key >> 6) & (ulong)(_filter.Length - 1)] |= 1UL << (int)(key & 63);
}
