using Digest.Templates.Issues;

namespace Digest.Templates.Tests;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("See e.g. Figure 2. It shows 3.5 mm.", "See e.g. Figure 2.|It shows 3.5 mm.")]
    [InlineData("Smith et al. (2019) said so. We agree.", "Smith et al. (2019) said so.|We agree.")]
    [InlineData("As J. S. Bach wrote. Then more.", "As J. S. Bach wrote.|Then more.")]
    [InlineData("It works (mostly). \"Really.\" Yes.", "It works (mostly).|\"Really.\"|Yes.")]
    [InlineData("Code at example.org. Use it.", "Code at example.org.|Use it.")]
    [InlineData("我们看了。很好！", "我们看了。|很好！")]
    [InlineData("...", "...")]
    [InlineData("  ", "")]
    public void Sentences_end_where_a_reader_sees_an_end(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SentenceSplit.Split(text).Select(range => text[range])));

    [Fact]
    public void An_abstract_is_cut_at_a_sentence()
    {
        var text = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"This is sentence number {i} of the abstract."));
        var shown = Excerpt.Of(text, 300, []).ToString();
        Assert.EndsWith("of the abstract.\u00A0…", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 200, 310);
    }

    [Fact]
    public void The_sentence_that_hit_is_shown_even_if_it_comes_late()
    {
        var text = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"This is sentence number {i} of the abstract."));
        var at = text.IndexOf("number 25", StringComparison.Ordinal);
        var shown = Excerpt.Of(text, 300, [new TextRange("abstract", at, 9)]);
        Assert.Contains("… This is sentence number 25 of", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal("number 25", shown.Runs.Single(run => run.Marked).Text);
        Assert.InRange(shown.ToString().Length, 150, 320);
    }

    [Fact]
    public void An_abstract_that_is_one_long_sentence_is_cut_at_a_word()
    {
        var shown = Excerpt.Of(string.Join(' ', Enumerable.Repeat("word", 1000)), 300, []).ToString();
        Assert.EndsWith("word\u00A0…", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 220, 310);
    }
}
