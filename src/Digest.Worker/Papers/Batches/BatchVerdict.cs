namespace Digest.Worker.Papers.Batches;

/// <summary>Whether issues can be composed now.</summary>
/// <param name="Ready">Everything is there, or the deadline has passed.</param>
/// <param name="WaitUntil">The deadline that is waited for; null when ready.</param>
/// <param name="Gaps">What is late or missing now.</param>
internal sealed record BatchVerdict(bool Ready, DateTimeOffset? WaitUntil, IReadOnlyList<BatchGap> Gaps);

/// <summary>A day of a source that is not whole.</summary>
internal sealed record BatchGap(string Source, DateOnly Day, BatchState State, string Detail)
{
    /// <summary>One sentence for a reader's receipt.</summary>
    public string Sentence => State switch
    {
        BatchState.Partial => $"{Source} of {Date}: only a part had arrived ({Detail}); the rest follows in a later issue.",
        BatchState.Whole => $"{Source} of {Date} arrived late.",
        _ => $"{Source} of {Date} had not arrived{(Detail.Length > 0 ? $" ({Detail})" : "")}; its papers follow in a later issue.",
    };

    private string Date => Day.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What an issue's footer tells of the papers' side.</summary>
/// <param name="Announced">Papers that arrived after the watermark.</param>
/// <param name="Gaps">Days that were late or are missing still; empty when all is there.</param>
internal sealed record PaperReceipt(int Announced, IReadOnlyList<BatchGap> Gaps)
{
    public IReadOnlyList<string> Missing => [.. Gaps.Select(gap => gap.Sentence)];
}
