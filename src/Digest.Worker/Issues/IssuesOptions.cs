namespace Digest.Worker.Issues;

/// <summary>The settings under <c>Issues</c>.</summary>
internal sealed record IssuesOptions
{
    /// <summary>How many days a paper beyond the cap is offered again, 0 to 60. 0 = not at all.</summary>
    public int HoldOverDays { get; init; } = 7;

    /// <summary>How many papers are held over for one subscriber at most, 0 to 1000: the best ones.</summary>
    public int HoldOverPapers { get; init; } = 50;

    /// <summary>The papers of each issue go with it as a <c>.bib</c> file.</summary>
    public bool AttachBib { get; init; }

    /// <summary>The pickup transport writes each issue as JSON too, beside its <c>.eml</c>.</summary>
    public bool PickupJson { get; init; }
}
