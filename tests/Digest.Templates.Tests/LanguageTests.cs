using System.Text.RegularExpressions;
using Digest.Templates.Languages;
using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

public sealed partial class LanguageTests
{
    private static readonly LanguageTable Table = new(new TemplateSource(null));

    public static TheoryData<string> Tags => ["en", "de", "fr", "es", "zh", "ja"];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_language_has_every_sentence_with_the_same_values(string tag)
    {
        var language = Table.Find(tag);
        Assert.Equal(tag, language.Tag);
        var english = Table.Find("en").Sentences;
        Assert.Equal(english.Keys.Order(), language.Sentences.Keys.Order());
        Assert.All(english, pair => Assert.Equal(pair.Value.Values, language.Sentences[pair.Key].Values));
    }

    [Fact]
    public void Every_sentence_that_a_template_says_exists_and_none_is_left_over()
    {
        var source = new TemplateSource(null);
        var keys = Table.Find("en").Sentences.Keys;
        var said = source.Files(".sbn").SelectMany(file => Said().Matches(source.Read(file)).Select(match => match.Groups[1].Value)).ToHashSet();
        Assert.All(said, key => Assert.True(keys.Contains(key) || keys.Any(k => k.StartsWith(key, StringComparison.Ordinal)), key));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_mail_can_be_written_in_every_language(string tag)
    {
        Assert.NotEmpty(Samples.Templates.Render(Samples.FullIssue(tag)).Text);
        foreach (var kind in Enum.GetValues<LetterKind>())
            Assert.NotEmpty(Samples.Templates.Render(Samples.Letter(kind, tag)).Text);
    }

    [Theory]
    [InlineData("en", 1, "1 paper")]
    [InlineData("en", 0, "0 papers")]
    [InlineData("en", 12345, "12,345 papers")]
    [InlineData("de", 2, "2 Artikel")]
    [InlineData("de", 1234, "1.234 Artikel")]
    [InlineData("fr", 0, "0 article")]
    [InlineData("fr", 1, "1 article")]
    [InlineData("fr", 2, "2 articles")]
    [InlineData("fr", 1234, "1\u202f234 articles")]
    [InlineData("es", 1, "1 artículo")]
    [InlineData("es", 1234, "1234 artículos")]
    [InlineData("es", 12345, "12.345 artículos")]
    [InlineData("zh", 1, "1 篇论文")]
    [InlineData("ja", 1234, "論文 1,234 件")]
    public void Numbers_and_plurals_follow_the_language(string tag, int count, string expected) =>
        Assert.Equal(expected, Table.Find(tag).Plain("issue.papers", count));

    [Theory]
    [InlineData("en", "Sunday, 1 February 2026", "1 Feb")]
    [InlineData("de", "Sonntag, 1. Februar 2026", "1. Feb.")]
    [InlineData("fr", "dimanche 1er février 2026", "1er févr.")]
    [InlineData("es", "domingo, 1 de febrero de 2026", "1 feb")]
    [InlineData("zh", "2026年2月1日 星期日", "2月1日")]
    [InlineData("ja", "2026年2月1日（日）", "2月1日")]
    public void Days_are_written_as_the_language_writes_them(string tag, string expectedLong, string expectedShort)
    {
        var day = new DateOnly(2026, 2, 1);
        Assert.Equal(expectedLong, Table.Find(tag).LongDate(day));
        Assert.Equal(expectedShort, Table.Find(tag).ShortDate(day));
    }

    [Theory]
    [InlineData("de-AT", "de")]
    [InlineData("zh-Hant-TW", "zh")]
    [InlineData("pt-BR", "en")]
    [InlineData("", "en")]
    public void An_unknown_tag_falls_back(string asked, string found) => Assert.Equal(found, Table.Find(asked).Tag);

    [GeneratedRegex("say \\(?\"([^\"]+)\"")]
    private static partial Regex Said();
}
