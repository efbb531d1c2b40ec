using Digest.Templates.Output;

namespace Digest.Templates.Tests;

public sealed class WholeWordsTests
{
    [Theory]
    [InlineData("new", "new")]
    [InlineData("cross-listed", "[cross-listed]")]
    [InlineData("revised, cross-listed", "revised, [cross-listed]")]
    [InlineData("20\u00A0Nov", "20\u00A0Nov")]
    [InlineData("1月27日", "[1月27日]")]
    [InlineData("2026年1月27日 星期二", "[2026年1月27日] [星期二]")]
    [InlineData("a-word-that-is-wider-than-a-telephone-is", "a-word-that-is-wider-than-a-telephone-is")]
    [InlineData("", "")]
    public void What_a_line_could_end_in_is_kept_together(string text, string expected) =>
        Assert.Equal(expected, string.Concat(WholeWords.Of(text).Runs.Select(run => run.Kept ? $"[{run.Text}]" : run.Text)));
}
