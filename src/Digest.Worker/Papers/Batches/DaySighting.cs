namespace Digest.Worker.Papers.Batches;

/// <summary>What a source saw of one day when it was asked.</summary>
/// <param name="Day">The provider's own day.</param>
/// <param name="Entries">What it listed for that day.</param>
/// <param name="Categories">The categories that were asked for; empty where the source has none.</param>
/// <param name="Complete">False when the answer broke off or ended at a limit.</param>
internal sealed record DaySighting(DateOnly Day, IReadOnlyList<PaperEntry> Entries, IReadOnlyList<string> Categories, bool Complete = true);
