using Digest.Templates.Issues;

namespace Digest.Templates.Tests;

public sealed class InterestNameTests
{
    [Theory]
    [InlineData("tide gauges", "tide gauges")]
    [InlineData("author:\"Zoë Quill\"", "Zoë Quill")]
    [InlineData("au:Quill", "Quill")]
    [InlineData("cat:cs.LG", "cs.LG")]
    [InlineData("title:segmentation^2", "segmentation")]
    [InlineData("robot manipulation^1.5", "robot manipulation")]
    [InlineData("\"salt marsh\"", "salt marsh")]
    [InlineData("\"salt marsh\" -mangrove", "\"salt marsh\" -mangrove")]
    [InlineData("\"salt\" \"marsh\"", "\"salt\" \"marsh\"")]
    [InlineData("author:Quill tides", "author:Quill tides")]
    [InlineData("author:(Quill)", "author:(Quill)")]
    [InlineData("E = mc^2 physics", "E = mc^2 physics")]
    [InlineData("^2", "^2")]
    [InlineData("author:", "author:")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("", "")]
    public void A_heading_says_the_words_without_the_signs(string interest, string name) => Assert.Equal(name, InterestName.Of(interest));
}
