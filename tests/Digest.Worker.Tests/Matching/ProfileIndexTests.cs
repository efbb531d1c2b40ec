using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class ProfileIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_index_finds_what_reading_everything_finds(int seed)
    {
        var random = new RandomProfiles(seed);
        var papers = Enumerable.Range(1, 100).Select(random.Paper).ToList();
        var profiles = Enumerable.Range(0, 100).Select(_ => random.Profile()).ToList();
        var (pairs, hits, differences) = OracleComparison.Compare(profiles, papers);
        Assert.Equal(10_000, pairs);
        Assert.True(hits > 500, $"only {hits} hits: the test says little");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    [Fact]
    public void A_phrase_of_small_words_scores_nothing_and_its_papers_count_once()
    {
        var paper = new Paper { Id = 1, WorkKey = "arxiv:2601.00001", Title = "A model in of all things" };
        var (_, hits, differences) = OracleComparison.Compare([Profile.Parse("\"in of\"\nmodel"), Profile.Parse("\"in of\"")], [paper]);
        Assert.Equal(2, hits);
        Assert.Empty(differences);
    }
}
