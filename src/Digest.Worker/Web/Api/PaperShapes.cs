using System.ComponentModel;
using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Api;

/// <summary>A paper as the API shows one.</summary>
internal sealed record ApiPaper
{
    [Description("The arXiv id, DOI or other name without its scheme")]
    public required string Id { get; init; }

    [Description("The name with its scheme: what makes it one work")]
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string Abstract { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    [Description("The primary one first")]
    public required IReadOnlyList<string> Categories { get; init; }

    public required DateOnly? Announced { get; init; }

    public required DateTimeOffset? Published { get; init; }

    public required int Version { get; init; }

    public required string? Url { get; init; }

    public required string? PdfUrl { get; init; }

    public required string? CodeUrl { get; init; }

    public required string? Doi { get; init; }

    [Description("Votes, where the source has them")]
    public required int? Upvotes { get; init; }

    [Description("The source that brought it first")]
    public required string Source { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public static ApiPaper Of(Paper paper) => new()
    {
        Id = paper.ShortId,
        Key = paper.WorkKey,
        Title = paper.Title,
        Abstract = paper.Abstract,
        Authors = paper.Authors,
        Categories = paper.Categories,
        Announced = paper.Announced,
        Published = paper.Published,
        Version = paper.Version,
        Url = paper.Url,
        PdfUrl = paper.PdfUrl,
        CodeUrl = paper.CodeUrl,
        Doi = paper.Doi,
        Upvotes = paper.Upvotes,
        Source = paper.Source,
        SeenAt = paper.SeenAt,
    };
}

/// <summary>A paper, and why it is there.</summary>
/// <param name="Interest">The best interest; empty for trending.</param>
/// <param name="Field">The best field that it hit.</param>
internal sealed record ApiMatch(ApiPaper Paper, double Score, string Interest, string Field)
{
    public static ApiMatch Of(Match match) => new(ApiPaper.Of(match.Paper), match.Score, match.Reason.Interest, match.Reason.Field);
}

/// <summary>An issue that is not sent.</summary>
internal sealed record ApiPreview(string Subject, string Html, string Text, IReadOnlyList<ApiMatch> Papers);
