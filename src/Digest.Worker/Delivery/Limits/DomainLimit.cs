namespace Digest.Worker.Delivery.Limits;

/// <summary>Limits toward one recipient domain. 0 is no limit.</summary>
internal sealed record DomainLimit
{
    /// <summary>The domain behind the @; A-labels or Unicode.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Messages in any second.</summary>
    public int PerSecond { get; init; }

    /// <summary>Messages in any hour.</summary>
    public int PerHour { get; init; }

    /// <summary>Messages under way at a time.</summary>
    public int Connections { get; init; }

    public bool IsSet => PerSecond > 0 || PerHour > 0 || Connections > 0;
}
