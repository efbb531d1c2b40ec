using System.Globalization;
using System.Text;
using Digest.Worker.Papers.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Digest.Worker.Tests.Papers.Text;

public sealed class ReadableTextProperties
{
    private static readonly string[] Pieces =
    [
        "\\", "$", "{", "}", "^", "_", "~", "`", "'", "\"", "-", "--", "%", "&", "<", ">", "/", "=", "(", ")", "[", "]", " ", "\n", "\t", "1", "a", "N",
        "\\frac", "\\sqrt", "\\alpha", "\\left(", "\\right)", "\\emph{", "\\\"o", "\\'", "\\cite{x}", "\\url{http://a.b/c", "https://a.b/c", "mathcal{O}",
        "rightarrow", "times", "left(", "right)", "<sub>", "</sub>", "<jats:p>", "&amp;", "&lt;", "&#x202E;", "\u202E", "\u0000", "\u00AD", "\uD835", "ﬁ", "é", "e\u0301", "中",
    ];

    private static readonly Arbitrary<string> Sources =
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void It_never_throws_and_lets_no_control_character_pass() =>
        Prop.ForAll(Sources, source => ReadableText.Abstract(source).EnumerateRunes().All(IsHarmless)).Check(Config());

    [Fact]
    public void It_writes_normal_form_c_on_one_line_without_room_at_the_ends() =>
        Prop.ForAll(Sources, source =>
        {
            var read = ReadableText.Title(source);
            return read.IsNormalized() && read == read.Trim() && !read.Contains("  ", StringComparison.Ordinal) && !read.Contains('\n', StringComparison.Ordinal);
        }).Check(Config());

    [Fact]
    public void Words_without_any_marker_pass_untouched()
    {
        var words = Gen.Elements("we", "study", "the", "times", "of", "an", "alpha", "text", "left", "right", "max", "it", "in", "(see", "it),", "end.", "5", "10%")
            .NonEmptyListOf().Select(list => string.Join(' ', list)).ToArbitrary();
        Prop.ForAll(words, text => text.Contains("times 5", StringComparison.Ordinal) || text.Contains("times 10%", StringComparison.Ordinal) || ReadableText.Abstract(text) == text).Check(Config());
    }

    // No clock: a walk that is not linear would not come to its end within the patience of whoever runs the tests.
    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("$")]
    [InlineData("$$ ")]
    [InlineData("\\")]
    [InlineData("`")]
    [InlineData("'")]
    [InlineData("^{")]
    [InlineData("_a")]
    [InlineData("\\frac{")]
    [InlineData("\\sqrt[")]
    [InlineData("{\\bf ")]
    [InlineData("<sub>")]
    [InlineData("&amp;")]
    [InlineData("--a")]
    [InlineData("~abc2020,")]
    [InlineData("left(")]
    [InlineData("\\href{a}{")]
    [InlineData("\\( ")]
    [InlineData("http://a{")]
    public void A_hundred_kilobytes_of_anything_come_to_an_end(string piece)
    {
        var source = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        Assert.True(ReadableText.Abstract(source).Length <= 4 * source.Length);
    }

    private static bool IsHarmless(Rune rune) => rune.Value is 0x200C or 0x200D ||
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    /// <summary>The same texts each time; <c>DIGEST_TEXTS=1000000</c> tries so many others.</summary>
    private static Config Config() => int.TryParse(Environment.GetEnvironmentVariable("DIGEST_TEXTS"), CultureInfo.InvariantCulture, out var many)
        ? FsCheck.Config.QuickThrowOnFailure.WithMaxTest(many)
        : FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(new Replay(new Rnd(20260126, 1), null));
}
