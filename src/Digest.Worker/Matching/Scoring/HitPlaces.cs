using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>Where a query hit a paper.</summary>
internal sealed class HitPlaces
{
    public List<Occurrence> Words { get; } = [];

    public List<int> Authors { get; } = [];

    public List<int> Categories { get; } = [];

    public void Clear()
    {
        Words.Clear();
        Authors.Clear();
        Categories.Clear();
    }

    public (int Words, int Authors, int Categories) Mark() => (Words.Count, Authors.Count, Categories.Count);

    /// <summary>Forgets what was found since the mark: the branch came to nothing.</summary>
    public void Return((int Words, int Authors, int Categories) mark)
    {
        Words.RemoveRange(mark.Words, Words.Count - mark.Words);
        Authors.RemoveRange(mark.Authors, Authors.Count - mark.Authors);
        Categories.RemoveRange(mark.Categories, Categories.Count - mark.Categories);
    }
}
