using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Where terms stand in the paper under the eye: by reading it through, or from the lists that an index made.</summary>
internal interface IPlaces
{
    /// <summary>All places, the title's first, each field's in reading order. Valid until the next paper.</summary>
    ReadOnlySpan<Occurrence> Of(Term term);

    /// <summary>How rare the term is, see <see cref="Scoring.Corpus.Rarity(Term)"/>.</summary>
    double Rarity(Term term);
}
