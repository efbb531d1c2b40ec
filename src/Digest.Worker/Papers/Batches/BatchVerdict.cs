using System.Globalization;

namespace Digest.Worker.Papers.Batches;

/// <summary>Whether issues can be composed now.</summary>
/// <param name="Ready">Everything is there, or the deadline has passed.</param>
/// <param name="WaitUntil">The deadline that is waited for; null when ready.</param>
/// <param name="Gaps">What is late or missing now.</param>
internal sealed record BatchVerdict(bool Ready, DateTimeOffset? WaitUntil, IReadOnlyList<BatchGap> Gaps)
{
    /// <summary>What issues wait for, for the operator; null when they do not.</summary>
    public string? Waits => Ready ? null : string.Create(CultureInfo.InvariantCulture,
        $"issues wait until {WaitUntil:yyyy-MM-dd HH:mm} UTC for {string.Join(", ", Gaps.Select(gap => string.Create(CultureInfo.InvariantCulture, $"{gap.Source} of {gap.Day:yyyy-MM-dd} ({BatchStates.ToText(gap.State)})")))}");
}

/// <summary>A day of a source that is not whole, or was not in time.</summary>
/// <param name="Source">As a reader knows it.</param>
/// <param name="Detail">For the operator.</param>
internal sealed record BatchGap(string Source, DateOnly Day, BatchState State, string Detail);

/// <summary>What the receipts of one run tell of the sources.</summary>
/// <param name="Gaps">The days to speak of where the issue before was of that moment.</param>
/// <param name="WholeSince">The first day since when every source was whole and in time, as far as it was written down; null where there is none.</param>
internal sealed record BatchAccount(Func<DateTimeOffset, IReadOnlyList<BatchGap>> Gaps, DateOnly? WholeSince);

/// <summary>What an issue's footer tells of the papers' side.</summary>
/// <param name="Announced">Papers that arrived after the watermark.</param>
/// <param name="Gaps">Days that were late or are missing still; empty when all is there.</param>
internal sealed record PaperReceipt(int Announced, IReadOnlyList<BatchGap> Gaps);
