using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Where terms stand in the paper under the eye: by reading it through, or from the lists that an index made.</summary>
internal interface IPlaces
{
    /// <summary>All places of a term in this paper, the title's first, each field's in reading order. Valid until the next paper.</summary>
    PlaceRun Find(Term term);

    /// <summary>The places of a run. Valid until the next <see cref="Find"/>.</summary>
    ReadOnlySpan<Occurrence> At(PlaceRun run);

    /// <summary>How rare the term is, see <see cref="Scoring.Corpus.Rarity(Term)"/>.</summary>
    double Rarity(Term term);
}

/// <summary>Places that stand side by side in one list.</summary>
internal readonly record struct PlaceRun(int Start, int Count)
{
    public bool IsEmpty => Count == 0;
}
