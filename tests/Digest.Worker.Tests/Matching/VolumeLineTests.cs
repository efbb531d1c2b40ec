using Digest.Worker.Matching;

namespace Digest.Worker.Tests.Matching;

public sealed class VolumeLineTests
{
    [Theory]
    [InlineData("about 8 a day", 8)]
    [InlineData("About 5 papers per day.", 5)]
    [InlineData("around 2.5/day", 2.5)]
    [InlineData("about 14 a week", 2)]
    [InlineData("- about 3 daily", 3)]
    public void A_line_that_says_how_much_is_no_interest(string line, double perDay)
    {
        var profile = Profile.Parse($"graph networks\n{line}");
        Assert.Equal(perDay, profile.PerDay!.Value, 9);
        Assert.Single(profile.Interests);
        Assert.Empty(profile.Problems);
        Assert.True(Profile.Parse(line).IsEmpty);
    }

    [Theory]
    [InlineData("about 8 planets a day")]
    [InlineData("about time")]
    [InlineData("about 8")]
    [InlineData("about day 8 a day")]
    public void Other_lines_with_about_are_interests(string line)
    {
        var profile = Profile.Parse(line);
        Assert.Null(profile.PerDay);
        Assert.Single(profile.Interests);
    }

    [Theory]
    [InlineData("about 900 a day", 100)]
    [InlineData("about 0 a day", 1.0 / 7)]
    public void Out_of_bounds_the_nearest_holds_and_it_is_said(string line, double perDay)
    {
        var profile = Profile.Parse($"graphs\n  {line}");
        Assert.Equal(perDay, profile.PerDay!.Value, 9);
        var problem = Assert.Single(profile.Problems);
        Assert.Equal((2, 3), (problem.Line, problem.Column));
    }

    [Fact]
    public void The_last_such_line_counts() => Assert.Equal(3, Profile.Parse("about 9 a day\ngraphs\nabout 3 a day").PerDay);

    [Fact]
    public void The_index_reads_a_text_as_the_parser_does()
    {
        var (index, other) = (new ProfileIndex(), new ProfileIndex());
        index.Add(1, "graphs\nabout 9 a day");
        other.Add(1, Profile.Parse("graphs\nabout 9 a day"));
        Assert.Equal((1, 1), (index.Interests, other.Interests));
    }
}
