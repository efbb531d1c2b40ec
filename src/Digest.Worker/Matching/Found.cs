namespace Digest.Worker.Matching;

/// <summary>What one profile found in a run.</summary>
/// <param name="Key">The key that the profile was added with.</param>
/// <param name="Best">The best, best first; as many as were asked for.</param>
/// <param name="Matched">How many papers fit, shown or not.</param>
internal sealed record Found(long Key, IReadOnlyList<Match> Best, int Matched);
