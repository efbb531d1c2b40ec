using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds terms by reading the paper through: right for one paper, too slow for many profiles.</summary>
internal sealed class ReadPlaces(PaperReading paper, Corpus corpus) : IPlaces
{
    private readonly Dictionary<Term, PlaceRun> _found = [];
    private readonly List<Occurrence> _places = [];

    public PlaceRun Find(Term term)
    {
        ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, term, out var known);
        if (!known)
        {
            var start = _places.Count;
            TermFinder.Find(term, paper, _places);
            run = new PlaceRun(start, _places.Count - start);
        }

        return run;
    }

    public ReadOnlySpan<Occurrence> At(PlaceRun run) => CollectionsMarshal.AsSpan(_places).Slice(run.Start, run.Count);

    public double Rarity(Term term) => corpus.Rarity(term);
}
