using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Where a term stands in a paper.</summary>
/// <param name="Field">The title or the abstract.</param>
/// <param name="First">Index of the first word.</param>
/// <param name="Last">Index of the last word.</param>
internal readonly record struct Occurrence(Fields Field, int First, int Last);
