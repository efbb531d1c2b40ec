namespace Digest.Worker.Papers.Batches;

/// <summary>One day of one source.</summary>
internal sealed record Batch
{
    public required string Source { get; init; }

    /// <summary>The provider's own day.</summary>
    public required DateOnly Day { get; init; }

    public BatchState State { get; init; }

    /// <summary>What the source announced in each category; one nameless category where it has none.</summary>
    public IReadOnlyList<CategoryCount> Counts { get; init; } = [];

    /// <summary>Different papers announced, new and cross-listed.</summary>
    public int Announced { get; init; }

    /// <summary>The highest id among the new ones: ids grow from batch to batch.</summary>
    public string? HighestId { get; init; }

    /// <summary>Why it is not whole, or what was special about it; empty when there is nothing to say.</summary>
    public string Detail { get; init; } = "";

    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>When it became whole.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Since when the source could not be asked, or not in full, over days if need be; null while it answers.</summary>
    public DateTimeOffset? FailedSince { get; init; }
}

/// <summary>One category of a batch.</summary>
/// <param name="Announced">New and cross-listed.</param>
/// <param name="New">Announced as new.</param>
/// <param name="Fresh">New ones that we had not seen on an earlier day.</param>
internal sealed record CategoryCount(string Category, int Announced, int New, int Fresh);
