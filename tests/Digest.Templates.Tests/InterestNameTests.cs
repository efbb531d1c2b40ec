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
    [InlineData("\"salt marsh\" -mangrove", "salt marsh")]
    [InlineData("\"salt marsh\" -\"sea grass\" -au:Quill -(cat:cs.LG or dunes)", "salt marsh")]
    [InlineData("\"salt\" \"marsh\"", "salt marsh")]
    [InlineData("author:Quill tides", "Quill tides")]
    [InlineData("author:(Quill)", "Quill")]
    [InlineData("all:\"thin film\" AND (all:\"forward model\" OR all:inverse) ANDNOT ti:review", "thin film and (forward model or inverse)")]
    [InlineData("(ti:tides OR abs:gauges) AND NOT cat:cs.CV", "tides or gauges")]
    [InlineData("(tides or gauges) (harbour or port)", "(tides or gauges) (harbour or port)")]
    [InlineData("\"gradient free\" or search", "gradient free or search")]
    [InlineData("\"well-posed\"^3", "well-posed")]
    [InlineData("semi-supervised A-B testing", "semi-supervised A-B testing")]
    [InlineData("a 5\" telescope", "a 5\" telescope")]
    [InlineData("TO BE OR NOT", "TO BE or NOT")]
    [InlineData("time: a history", "time: a history")]
    [InlineData("inverse_design", "inverse design")]
    [InlineData("-survey", "-survey")]
    [InlineData("E = mc^2 physics", "E = mc^2 physics")]
    [InlineData("^2", "^2")]
    [InlineData("author:", "author:")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("", "")]
    public void A_heading_says_the_words_without_the_signs(string interest, string name) => Assert.Equal(name, InterestName.Of(interest));
}
