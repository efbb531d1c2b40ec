namespace Digest.Worker.Issues;

/// <summary>What a thumb on a paper teaches: the phrases of its title, as "more like this" takes them.</summary>
internal static class TitleTerms
{
    private const int Most = 3;

    public static IReadOnlyList<string> Of(string title) =>
        [.. TitleInterest.Of(title).Split(" or ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(phrase => phrase.ToLowerInvariant()).Distinct().Take(Most)];
}
