namespace Digest.Worker.Issues;

/// <summary>The settings under <c>Issues</c>.</summary>
internal sealed record IssuesOptions
{
    /// <summary>How many days a paper beyond the cap is offered again, 0 to 60. 0 = not at all.</summary>
    public int HoldOverDays { get; init; } = 7;

    /// <summary>How many papers are held over for one subscriber at most, 0 to 1000: the best ones.</summary>
    public int HoldOverPapers { get; init; } = 50;
}
