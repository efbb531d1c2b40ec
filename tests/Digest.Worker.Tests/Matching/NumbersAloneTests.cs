using Digest.Worker.Matching;

namespace Digest.Worker.Tests.Matching;

public sealed class NumbersAloneTests
{
    [Theory]
    [InlineData("5 and 11")]
    [InlineData("6 or 7 or 8 or 9 or 10")]
    [InlineData("(21 or 23) not 34")]
    [InlineData("- 35 OR 36 OR 37")]
    [InlineData("2024")]
    [InlineData("lines: 3 and 4")]
    public void A_line_that_refers_to_lines_is_told_and_finds_nothing(string line)
    {
        var profile = Profile.Parse($"graph neural network\n{line}");
        Assert.Equal("graph neural network", Assert.Single(profile.Interests).Text);
        var problem = Assert.Single(profile.Problems);
        Assert.Equal(2, problem.Line);
        Assert.StartsWith("A number alone names no subject", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2024\"")]
    [InlineData("5G and 6G")]
    [InlineData("GPT-4 or 4o")]
    [InlineData("3 body problem")]
    [InlineData("cat:31")]
    [InlineData("图 5")]
    public void Numbers_beside_words_or_in_quotation_marks_are_words(string line) =>
        Assert.Empty(Profile.Parse(line).Problems);
}
