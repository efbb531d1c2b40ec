namespace Digest.Templates.Site;

/// <summary>The form that asks for a subscription, as filled in so far.</summary>
public sealed record SubscribeModel
{
    public string Address { get; init; } = "";

    /// <summary>One a line.</summary>
    public string Interests { get; init; } = "";

    public string TimeZone { get; init; } = "UTC";

    /// <summary>IANA names to choose from.</summary>
    public IReadOnlyList<string> TimeZones { get; init; } = [];

    /// <summary><c>daily</c>, <c>weekdays</c>, <c>weekly:monday</c> …</summary>
    public string Cadence { get; init; } = "weekdays";

    public int Hour { get; init; } = 7;

    public int Cap { get; init; } = 8;

    /// <summary>Proves that the form is ours and how old it is.</summary>
    public required string Proof { get; init; }

    /// <summary>What keeps it from being taken.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
