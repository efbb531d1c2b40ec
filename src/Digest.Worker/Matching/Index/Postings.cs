using System.Runtime.CompilerServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>Where each term stands in each paper of a run: one list a term, by paper, and a bit a paper.</summary>
internal sealed class Postings : IPlaces
{
    private readonly Corpus _corpus;
    private readonly int[] _starts;
    private readonly int[] _papers;
    private readonly Occurrence[] _places;
    private readonly ulong[]?[] _bits;
    private readonly double[] _rarity;
    private int _paper;

    public Postings(TermTable terms, List<(int Term, int Paper, Occurrence Place)> found, int papers, Corpus corpus)
    {
        _corpus = corpus;
        BitWords = (papers + 63) / 64;
        _starts = new int[terms.Count + 1];
        foreach (var (term, _, _) in found)
        {
            _starts[term + 1]++;
        }

        for (var term = 0; term < terms.Count; term++)
        {
            _starts[term + 1] += _starts[term];
        }

        var next = _starts.AsSpan(0, terms.Count).ToArray();
        _papers = new int[found.Count];
        _places = new Occurrence[found.Count];
        _bits = new ulong[terms.Count][];
        foreach (var (term, paper, place) in found)
        {
            _papers[next[term]] = paper;
            _places[next[term]++] = place;
            (_bits[term] ??= new ulong[BitWords])[paper >> 6] |= 1UL << (paper & 63);
        }

        _rarity = new double[terms.Count];
        Array.Fill(_rarity, double.NaN);
    }

    /// <summary>How many 64-bit words hold one bit a paper.</summary>
    public int BitWords { get; }

    /// <summary>A bit for every paper that has the term; empty where none has.</summary>
    public ReadOnlySpan<ulong> Bits(int term) => _bits[term];

    public Postings On(int paper)
    {
        _paper = paper;
        return this;
    }

    public ReadOnlySpan<Occurrence> Of(Term term)
    {
        var (from, end) = (_starts[term.Number], _starts[term.Number + 1]);
        if (from == end)
        {
            return [];
        }

        from = LowerBound(_paper, from, end);
        var to = from;
        while (to < end && _papers[to] == _paper)
        {
            to++;
        }

        return _places.AsSpan(from, to - from);
    }

    public double Rarity(Term term)
    {
        ref var rarity = ref _rarity[term.Number];
        if (double.IsNaN(rarity))
        {
            rarity = _corpus.Rarity(term);
        }

        return rarity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LowerBound(int paper, int from, int end)
    {
        while (from < end)
        {
            var middle = (from + end) >>> 1;
            if (_papers[middle] < paper)
            {
                from = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return from;
    }
}
