using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Scoring;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds terms by reading the paper through: right for one paper, too slow for many profiles.</summary>
internal sealed class ReadPlaces(PaperReading paper, Corpus corpus) : IPlaces
{
    private readonly Dictionary<Term, List<Occurrence>> _found = [];

    public ReadOnlySpan<Occurrence> Of(Term term)
    {
        if (!_found.TryGetValue(term, out var places))
        {
            _found[term] = places = TermFinder.Find(term, paper);
        }

        return CollectionsMarshal.AsSpan(places);
    }

    public double Rarity(Term term) => corpus.Rarity(term);
}
