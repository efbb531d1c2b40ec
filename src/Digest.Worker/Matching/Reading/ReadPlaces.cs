using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds terms by reading one paper after the other through: right for one profile, too slow for many.</summary>
internal sealed class ReadPlaces(Corpus corpus) : IPlaces
{
    private readonly Dictionary<Term, PlaceRun> _found = [];
    private readonly List<Occurrence> _places = [];
    private PaperReading _paper = null!;

    public ReadPlaces On(PaperReading paper)
    {
        _paper = paper;
        _found.Clear();
        _places.Clear();
        return this;
    }

    public PlaceRun Find(Term term)
    {
        ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, term, out var known);
        if (!known)
        {
            var start = _places.Count;
            TermFinder.Find(term, _paper, _places);
            run = new PlaceRun(start, _places.Count - start);
        }

        return run;
    }

    public ReadOnlySpan<Occurrence> At(PlaceRun run) => CollectionsMarshal.AsSpan(_places).Slice(run.Start, run.Count);

    public double Rarity(Term term) => corpus.Rarity(term);
}
