namespace Digest.Templates.Site;

/// <summary>What a search found.</summary>
public sealed record SearchModel
{
    /// <summary>As the reader wrote it; empty before they did.</summary>
    public required string Query { get; init; }

    public IReadOnlyList<ListedPaper> Papers { get; init; } = [];

    public int FirstNumber { get; init; } = 1;

    public int Total { get; init; }

    /// <summary>There may be more than <see cref="Total"/>.</summary>
    public bool More { get; init; }

    /// <summary>What could not be taken as written.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What was probably meant; null where every word is known.</summary>
    public string? Meant { get; init; }

    public string? MeantUrl { get; init; }

    /// <summary>The form that makes a subscription of this search; null where none can be asked for.</summary>
    public string? MailUrl { get; init; }

    public string? PreviousPage { get; init; }

    public string? NextPage { get; init; }

    public int Page { get; init; } = 1;

    public int Pages { get; init; } = 1;
}
