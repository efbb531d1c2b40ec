using System.Text.RegularExpressions;

namespace Digest.Templates.Tests;

/// <summary>Every colour of text in the built-in templates can be read on what it stands on, by WCAG level AA, light and dark.</summary>
public sealed partial class ContrastTests
{
    [Theory]
    [InlineData("#000000", "#ffffff", 21.0)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#1a5fb4", "#1a5fb4", 1.0)]
    public void The_ratio_is_the_one_of_the_standard(string colour, string ground, double ratio) => Assert.Equal(ratio, Contrast.Of(colour, ground), 0.01);

    [Fact]
    public void Light()
    {
        var source = new TemplateSource(null);
        var pairs = source.Files(".html.sbn").SelectMany(file => Style().Matches(Themed(source.Read(file)))).Select(style => Pair(style.Groups[1].Value, "#ffffff")).OfType<(string, string)>().Distinct().ToArray();
        Assert.True(pairs.Length > 5, $"{pairs.Length} pairs");
        Assert.All(pairs, Readable);
    }

    [Fact]
    public void Dark()
    {
        var page = Themed(new TemplateSource(null).Read("mail.html.sbn"));
        var dark = page[page.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var pairs = Rule().Matches(dark).Select(rule => Pair(rule.Groups[1].Value, MailTheme.DarkGrounds[0])).OfType<(string, string)>().Distinct().ToArray();
        Assert.True(pairs.Length > 4, $"{pairs.Length} pairs");
        Assert.All(pairs, Readable);
    }

    private static string Themed(string text) => text.ReplaceLineEndings("")
        .Replace("{{ theme.accent }}", MailTheme.BuiltIn.Accent, StringComparison.Ordinal).Replace("{{ theme.accent_dark }}", MailTheme.BuiltIn.AccentDark, StringComparison.Ordinal);

    private static (string, string)? Pair(string style, string ground) => Colour().Match(style) is { Success: true } colour
        ? (colour.Groups[1].Value, Ground().Match(style) is { Success: true } own ? own.Groups[1].Value : ground)
        : null;

    private static void Readable((string Colour, string Ground) pair) =>
        Assert.True(Contrast.Of(pair.Colour, pair.Ground) >= Contrast.Least, $"{pair.Colour} on {pair.Ground}: {Contrast.Of(pair.Colour, pair.Ground):F2}");

    [GeneratedRegex("style=\"([^\"]*)\"")]
    private static partial Regex Style();

    [GeneratedRegex("\\{([^{}]*)\\}")]
    private static partial Regex Rule();

    [GeneratedRegex("(?<![-a-z])color: ?(#[0-9a-f]{6})")]
    private static partial Regex Colour();

    [GeneratedRegex("background: ?(#[0-9a-f]{6})")]
    private static partial Regex Ground();
}
