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
}
