using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class SubscriberDraftTests
{
    private static readonly Subscriber Known = new()
    {
        Email = "ada@example.org",
        Name = "Ada",
        Language = "de",
        Timezone = "Europe/Berlin",
        Cadence = Cadence.Weekdays,
        Hour = 9,
        Cap = 5,
        Profile = "graph theory",
    };

    [Fact]
    public void What_is_not_said_stays()
    {
        var (same, problems) = new SubscriberDraft { Name = " ", Hour = "" }.Over(Known);
        Assert.Empty(problems);
        Assert.Equal(Known, same);
    }

    [Fact]
    public void What_is_said_is_laid_over()
    {
        var (changed, problems) = new SubscriberDraft
        {
            Email = " Ada@Example.net ",
            Language = "zh-Hans",
            Timezone = "Asia/Kolkata",
            Cadence = "weekly on Friday",
            Hour = "0",
            Cap = "100",
            Interests = "  optimal transport \r\n\n\"query by committee\"\u0007\n",
        }.Over(Known);
        Assert.Empty(problems);
        Assert.Equal(("Ada@Example.net", "zh-Hans", "Asia/Kolkata", "weekly:friday", 0, 100), (changed.Email, changed.Language, changed.Timezone, changed.Cadence.ToString(), changed.Hour, changed.Cap));
        Assert.Equal(["optimal transport", "\"query by committee\""], changed.Interests);
    }

    [Fact]
    public void Interests_that_are_empty_mean_trending() => Assert.Empty(new SubscriberDraft { Interests = "" }.Over(Known).Subscriber.Interests);

    [Fact]
    public void Every_fault_is_named_and_not_only_the_first()
    {
        var (_, problems) = new SubscriberDraft
        {
            Email = "nobody",
            Name = "A\u001b[2J",
            Language = "no such tongue",
            Timezone = "Europe/Atlantis",
            Cadence = "hourly",
            Hour = "24",
            Cap = "0",
            Interests = new string('x', 501),
        }.Over(Known);
        Assert.Equal(8, problems.Count);
        foreach (var word in new[] { "nobody", "name", "language", "Europe/Atlantis", "hourly", "hour", "cap", "501" })
            Assert.Contains(problems, problem => FormattableString.Invariant(problem).Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+01:00")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    public void Only_an_IANA_name_is_a_zone(string zone) => Assert.Single(new SubscriberDraft { Timezone = zone }.Over(Known).Problems);

    [Theory]
    [InlineData("-1")]
    [InlineData("7.5")]
    [InlineData("٧")]
    [InlineData("99999999999999999999")]
    public void Only_a_whole_number_is_an_hour(string hour) => Assert.Single(new SubscriberDraft { Hour = hour }.Over(Known).Problems);

    [Fact]
    public void Two_hundred_interests_and_not_one_more()
    {
        Assert.Empty(new SubscriberDraft { Interests = string.Join('\n', Enumerable.Range(0, 200)) }.Over(Known).Problems);
        Assert.Single(new SubscriberDraft { Interests = string.Join('\n', Enumerable.Range(0, 201)) }.Over(Known).Problems);
    }
}
