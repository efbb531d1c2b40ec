using Digest.Worker.Matching;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class DescriptionTests
{
    private const string Line = "reinforcement learning for legged robots";

    /// <summary>Everybody learns; every third paper has robots; reinforcement is in every fourth; legs are rare.</summary>
    private static readonly List<PaperReading> Recent = [.. Enumerable.Range(0, 120).Select(i => Paper(
        $"Learning {(i % 3 == 0 ? "robots" : "things")} {(i % 4 == 0 ? "with reinforcement" : "at last")} {(i == 7 ? "and legged motion" : "")}"))];

    [Theory]
    [InlineData("Reinforcement Learning of Social Robots", false)]
    [InlineData("Learning to Walk: Legged Robots", true)]
    [InlineData("Legged Robots and Reinforcement", true)]
    public void Two_thirds_of_a_description_must_hold_its_rare_words(string title, bool fits)
    {
        var profile = Profile.Parse(Line);
        Assert.Equal(fits, Explanation.Of(profile.Interests, Paper(title), Corpus.Of(Recent), Breadth.Issue) is not null);
        Assert.NotNull(Explanation.Of(profile.Interests, Paper(title), Corpus.Of(Recent), Breadth.Search));
    }

    [Fact]
    public void Why_not_tells_that_the_rare_word_is_missing()
    {
        var miss = Assert.Single(NearMiss.Of(Profile.Parse(Line), Paper("Reinforcement Learning of Social Robots"), Corpus.Of(Recent)));
        Assert.Equal(["legged"], miss.Missing);
        Assert.Contains("rare", miss.Why, StringComparison.Ordinal);
    }

    private static PaperReading Paper(string title) => new(new Paper { WorkKey = "title:" + title, Title = title });
}
