using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>What one query found in one paper, and the arithmetic.</summary>
internal sealed record Score
{
    public double Title { get; init; }

    public double Abstract { get; init; }

    public double Phrase { get; init; }

    public double Author { get; init; }

    public double Category { get; init; }

    public double Total => Title + Abstract + Phrase + Author + Category;

    public IReadOnlyList<Occurrence> Words { get; init; } = [];

    public IReadOnlyList<int> Authors { get; init; } = [];

    public IReadOnlyList<int> Categories { get; init; } = [];

    public static Score operator +(Score left, Score right) => new()
    {
        Title = left.Title + right.Title,
        Abstract = left.Abstract + right.Abstract,
        Phrase = left.Phrase + right.Phrase,
        Author = left.Author + right.Author,
        Category = left.Category + right.Category,
        Words = [.. left.Words, .. right.Words],
        Authors = [.. left.Authors, .. right.Authors],
        Categories = [.. left.Categories, .. right.Categories],
    };

    public Score Times(double weight) => this with
    {
        Title = Title * weight,
        Abstract = Abstract * weight,
        Phrase = Phrase * weight,
        Author = Author * weight,
        Category = Category * weight,
    };

    /// <summary>The same numbers with the other's places added.</summary>
    public Score WithPlacesOf(Score other) => this with
    {
        Words = [.. Words, .. other.Words],
        Authors = [.. Authors, .. other.Authors],
        Categories = [.. Categories, .. other.Categories],
    };
}
