namespace Digest.Templates.Site;

/// <summary>What a reader wants and when, as filled into a form so far.</summary>
public sealed record WishModel
{
    /// <summary>One a line.</summary>
    public string Interests { get; init; } = "";

    public string TimeZone { get; init; } = "UTC";

    /// <summary>IANA names to choose from.</summary>
    public IReadOnlyList<string> TimeZones { get; init; } = [];

    /// <summary><c>daily</c>, <c>weekdays</c>, <c>weekly:monday</c> …</summary>
    public string Cadence { get; init; } = "weekdays";

    public int Hour { get; init; } = 7;

    public int Cap { get; init; } = 8;

    /// <summary>BCP 47 tag of the mails' language; null where the form does not ask.</summary>
    public string? Language { get; init; }

    /// <summary>A mail on empty days too; null where the form does not ask.</summary>
    public bool? NothingToday { get; init; }
}
