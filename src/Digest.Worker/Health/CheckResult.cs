namespace Digest.Worker.Health;

/// <summary>What a check found.</summary>
/// <param name="Key">What was looked at, such as <c>relay</c> or <c>source/arXiv</c>; also the key of its alarm.</param>
/// <param name="Said">One sentence that changes only when the finding does: an alarm is told once for each.</param>
internal sealed record CheckResult(string Key, CheckState State, string Said)
{
    /// <summary>What to do; empty where nothing is to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Figures, or what a server said.</summary>
    public string? Detail { get; init; }

    /// <summary>How long it must stand before the operator is told; null: not told at all, it is seen by who looks.</summary>
    public TimeSpan? ToldAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Another room raises and clears the alarm of this key, because it sees the trouble where it happens.</summary>
    public bool IsToldElsewhere { get; init; }

    public static CheckResult Ok(string key, string said) => new(key, CheckState.Ok, said) { ToldAfter = null };

    /// <summary>Nothing to look at, because it is not set up.</summary>
    public static CheckResult Skipped(string key, string said) => new(key, CheckState.Skipped, said) { ToldAfter = null };
}

internal enum CheckState
{
    Ok,

    /// <summary>Not set up.</summary>
    Skipped,

    /// <summary>Works, and will not for long, or not for everybody.</summary>
    Warning,

    /// <summary>Work cannot be done.</summary>
    Failure,
}
