using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Index;

/// <summary>Where each term stands in each paper of a run: one list a term, an entry for each of its papers.</summary>
internal sealed class Postings : IPlaces
{
    /// <summary>A term in every thirty-second paper is found faster by the paper's number than by searching.</summary>
    private const int OneIn = 32;

    private readonly Corpus _corpus;
    private readonly TermTable _terms;
    private readonly Term?[] _known;
    private readonly int[] _starts;
    private readonly int[] _papers;
    private readonly int[] _firsts;
    private readonly Occurrence[] _places;
    private readonly double[] _rarity;
    private readonly Dictionary<int, int[]> _straight = [];
    private readonly int _papersRead;
    private int _paper;

    public Postings(TermTable terms, IReadOnlyList<PaperReading> papers, Corpus corpus)
    {
        (_corpus, _terms, _papersRead) = (corpus, terms, papers.Count);
        _known = new Term?[terms.Count];
        var scan = new PaperScan(terms, Term, papers.Sum(paper => paper.Title.Count + paper.Abstract.Count));
        for (var paper = 0; paper < papers.Count; paper++)
        {
            scan.Read(papers[paper], paper);
        }

        var found = CollectionsMarshal.AsSpan(scan.Found);
        _places = new Occurrence[found.Length];
        var owners = new int[found.Length];
        _starts = Sort(found, owners);
        (_papers, _firsts) = List(owners);
        _rarity = new double[terms.Count];
        Array.Fill(_rarity, double.NaN);
    }

    public int EntryCount => _papers.Length;

    /// <summary>The entries of a term: from the first to the one before the end.</summary>
    public (int First, int End) Entries(int term) => (_starts[term], _starts[term + 1]);

    /// <summary>The paper of an entry; they ascend.</summary>
    public int Paper(int entry) => _papers[entry];

    public ReadOnlySpan<Occurrence> Places(int entry) => At(Run(entry));

    public PlaceRun Run(int entry) => new(_firsts[entry], _firsts[entry + 1] - _firsts[entry]);

    /// <summary>The term of that number, decoded once a run.</summary>
    public Term Term(int number) => _known[number] ??= _terms.Term(number);

    public Postings On(int paper)
    {
        _paper = paper;
        return this;
    }

    public PlaceRun Find(Term term)
    {
        var entry = Seek(_paper, _starts[term.Number], _starts[term.Number + 1]);
        return entry < _starts[term.Number + 1] && _papers[entry] == _paper
            ? Run(entry)
            : default;
    }

    public ReadOnlySpan<Occurrence> At(PlaceRun run) => _places.AsSpan(run.Start, run.Count);

    public double Rarity(Term term)
    {
        ref var rarity = ref _rarity[term.Number];
        if (double.IsNaN(rarity))
        {
            rarity = _corpus.Rarity(term);
        }

        return rarity;
    }

    /// <summary>The entry of each paper for a term that stands in many of them, below zero where it does not; null for others, whose list is short to search.</summary>
    public int[]? Straight(int term)
    {
        var (first, end) = Entries(term);
        if ((end - first) * OneIn < _papersRead)
        {
            return null;
        }

        if (!_straight.TryGetValue(term, out var straight))
        {
            straight = new int[_papersRead];
            Array.Fill(straight, -1);
            for (var entry = first; entry < end; entry++)
            {
                straight[_papers[entry]] = entry;
            }

            _straight.Add(term, straight);
        }

        return straight;
    }

    /// <summary>The first entry from <paramref name="from"/> on whose paper is not below <paramref name="paper"/>.</summary>
    public int Seek(int paper, int from, int end)
    {
        var papers = _papers;
        while (from < end)
        {
            var middle = (from + end) >>> 1;
            if (papers[middle] < paper)
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

    /// <summary>Brings the places of each term together; they stay in reading order.</summary>
    /// <param name="owners">Gets the paper of each place.</param>
    /// <returns>Where the places of each term begin.</returns>
    private int[] Sort(ReadOnlySpan<(int Term, int Paper, Occurrence Place)> found, int[] owners)
    {
        var starts = new int[_terms.Count + 1];
        foreach (ref readonly var one in found)
        {
            starts[one.Term + 1]++;
        }

        for (var term = 0; term < _terms.Count; term++)
        {
            starts[term + 1] += starts[term];
        }

        var next = starts.AsSpan(0, _terms.Count).ToArray();
        foreach (ref readonly var one in found)
        {
            var at = next[one.Term]++;
            _places[at] = one.Place;
            owners[at] = one.Paper;
        }

        return starts;
    }

    /// <summary>Makes one entry of all places that a term has in one paper, and turns the starts of places into starts of entries.</summary>
    /// <returns>The paper of each entry, and where its places begin.</returns>
    private (int[] Papers, int[] Firsts) List(int[] owners)
    {
        var (papers, firsts) = (new List<int>(owners.Length), new List<int>(owners.Length + 1));
        for (var term = 0; term < _terms.Count; term++)
        {
            var (from, end) = (_starts[term], _starts[term + 1]);
            _starts[term] = papers.Count;
            for (var at = from; at < end; at++)
            {
                if (at == from || owners[at] != owners[at - 1])
                {
                    papers.Add(owners[at]);
                    firsts.Add(at);
                }
            }
        }

        _starts[^1] = papers.Count;
        firsts.Add(_places.Length);
        return ([.. papers], [.. firsts]);
    }
}
