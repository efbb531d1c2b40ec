using Digest.Templates.Output;

namespace Digest.Templates.Tests;

public sealed class TextWrapTests
{
    [Fact]
    public void A_list_entry_hangs_under_its_own_text()
    {
        var folded = TextWrap.Fold(" 7. " + string.Join(' ', Enumerable.Repeat("seven", 30)) + "\n");
        Assert.All(folded.TrimEnd().Split('\n').Skip(1), line => Assert.StartsWith("    seven", line, StringComparison.Ordinal));
        Assert.All(folded.Split('\n'), line => Assert.InRange(line.Length, 0, 72));
    }

    [Fact]
    public void Addresses_are_never_broken()
    {
        var address = "https://example.org/" + new string('a', 100);
        Assert.Contains(address, TextWrap.Fold("   See " + address + " and more words after it to fill the line.\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("漢", 100)]
    [InlineData("（", 5_000)]
    [InlineData("x", 200)]
    [InlineData("👩‍🔬", 60)]
    public void Wide_characters_count_double_and_endless_words_are_cut(string piece, int times)
    {
        var folded = TextWrap.Fold("    " + string.Concat(Enumerable.Repeat(piece, times)) + "\n");
        Assert.All(folded.Split('\n'), line => Assert.InRange(DisplayWidth.Of(line), 0, 72));
        Assert.Equal(string.Concat(Enumerable.Repeat(piece, times)), folded.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("‘forgotten’")]
    [InlineData("“quotation”")]
    [InlineData("Nguyễn-Phúc")]
    [InlineData("α→β-conversion")]
    public void A_word_that_fits_a_line_is_not_cut_for_a_sign_above_Latin(string word)
    {
        var folded = TextWrap.Fold("    " + string.Join(' ', Enumerable.Repeat(word, 40)) + "\n");
        Assert.All(folded.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries), piece => Assert.Equal(word, piece));
    }

    [Fact]
    public void A_Latin_word_among_wide_characters_stays_whole()
    {
        for (var before = 0; before < 40; before++)
        {
            var text = new string('漢', before) + "（Asia/Shanghai）" + new string('字', 30) + "e^(-iθ)" + new string('字', 30);
            var folded = TextWrap.Fold("  看 " + text + "\n");
            Assert.Contains("Asia/Shanghai", folded, StringComparison.Ordinal);
            Assert.Contains("e^(-iθ)", folded, StringComparison.Ordinal);
            Assert.All(folded.Split('\n'), line => Assert.InRange(DisplayWidth.Of(line), 0, 72));
            Assert.All(folded.Split('\n'), line => Assert.False(line.EndsWith(' ') || line.EndsWith('（')));
            Assert.Equal("看" + text, folded.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_line_does_not_begin_with_a_full_stop()
    {
        var folded = TextWrap.Fold(string.Concat(Enumerable.Repeat("漢字漢字漢。", 40)) + "\n");
        Assert.DoesNotContain(folded.Split('\n'), line => line.StartsWith('。'));
        Assert.All(folded.Split('\n'), line => Assert.InRange(DisplayWidth.Of(line), 0, 72));
    }

    [Fact]
    public void Empty_lines_are_two_at_most_and_none_ends_the_mail() =>
        Assert.Equal("a\n\n\nb\n", TextWrap.Fold("\n\na\n\n\n\n\n\nb\n\n\n"));

    [Fact]
    public void Two_dashes_become_the_signature_mark() => Assert.Equal("a\n-- \nb\n", TextWrap.Fold("a\n--\nb\n"));
}
