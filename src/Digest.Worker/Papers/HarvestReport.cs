namespace Digest.Worker.Papers;

/// <summary>What one harvest brought, source by source in the operator's order.</summary>
internal sealed record HarvestReport(IReadOnlyList<SourceReport> Sources)
{
    public int NewPapers => Sources.Sum(source => source.NewPapers);

    public bool GoesOn => Sources.Any(source => source.GoesOn);

    public bool AnyFailed => Sources.Any(source => source.Failure is not null);
}

/// <param name="Entries">Entries that could be read.</param>
/// <param name="NewPapers">Works that we had not seen before.</param>
/// <param name="SetAside">Entries that could not be used.</param>
/// <param name="Failure">Why the source brought nothing, or not all; null when it answered in full.</param>
internal sealed record SourceReport(string Source, int Entries, int NewPapers, int SetAside, string? Failure)
{
    /// <summary>It answered well and has more to give: the next run goes on where this one stopped.</summary>
    public bool GoesOn { get; init; }
}
