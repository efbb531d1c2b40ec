namespace Digest.Templates.Site;

/// <summary>One paper, with what is like it.</summary>
public sealed record PaperPageModel
{
    public required ListedPaper Paper { get; init; }

    /// <summary>The list of its day.</summary>
    public string? DayUrl { get; init; }

    public IReadOnlyList<ListLink> Categories { get; init; } = [];

    public IReadOnlyList<ListedPaper> Like { get; init; } = [];
}

/// <summary>A page with a heading and a sentence.</summary>
/// <param name="Key">Of the sentences <c>site.KEY</c> and <c>site.KEY.text</c>.</param>
public sealed record NoticeModel(string Key);
