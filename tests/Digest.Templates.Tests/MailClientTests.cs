using System.Text.RegularExpressions;
using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

/// <summary>
/// What Gmail, Apple Mail and Outlook on Windows do with our CSS, by the tables of caniemail.com: only what all of them know, or what is written
/// down here as harmless where one of them does not. <c>tests/mails/check</c> asks the tables themselves.
/// </summary>
public sealed partial class MailClientTests
{
    /// <summary>Known to all three, in the places where we use them.</summary>
    private static readonly HashSet<string> Known =
    [
        "background", "border", "border-color", "border-top", "border-bottom", "border-left", "color", "font-family", "font-size", "font-weight",
        "letter-spacing", "line-height", "margin", "padding", "text-align", "text-decoration",
    ];

    /// <summary>Not known everywhere; what the reader then sees.</summary>
    private static readonly Dictionary<string, string> Harmless = new()
    {
        ["max-width"] = "Outlook: a table of 600 px in a conditional comment stands in for it",
        ["table-layout"] = "Outlook: a long word makes the column wider",
        ["overflow-wrap"] = "Gmail, Outlook: word-break or nothing breaks a word without an end",
        ["word-break"] = "Outlook: the same",
        ["border-radius"] = "Outlook: the corners of the button are square",
        ["display"] = "Outlook: links are less high to touch, and are clicked there; the preheader has mso-hide; Gmail's page for telephones shows the preheader, 1 px high",
        ["max-height"] = "Outlook: of the preheader, which has mso-hide",
        ["overflow"] = "Outlook: of the preheader, which has mso-hide",
        ["white-space"] = "where it is not known a line may end inside a date",
        ["mso-hide"] = "for Outlook alone",
        ["color-scheme"] = "Gmail, Outlook: they darken by themselves",
        ["supported-color-schemes"] = "older Apple Mail: the same",
        ["-webkit-text-size-adjust"] = "Apple Mail alone enlarges by itself",
    };

    // Gmail's page for telephones and Outlook drop some or all of the style sheet: the mail must stand by its style attributes alone.
    private static readonly HashSet<string> AtRules = ["@media (max-width: 480px)", "@media (prefers-color-scheme: dark)"];

    public static TheoryData<string> Mails => [.. SampleMails.All("en").Select(mail => mail.Name)];

    [Theory]
    [MemberData(nameof(Mails))]
    public void No_property_that_a_mail_program_would_break_the_mail_over(string name)
    {
        var html = SampleMails.All("en").Single(mail => mail.Name == name).Render(Samples.Templates).Html;
        var sheet = Sheet().Match(html).Groups[1].Value;
        Assert.NotEmpty(sheet);
        Assert.All(AtRule().Matches(sheet).Select(rule => rule.Value.Trim()), rule => Assert.Contains(rule, AtRules));
        var declared = Style().Matches(html).Select(style => style.Groups[1].Value).Concat(Rule().Matches(sheet).Select(rule => rule.Groups[1].Value)).ToList();
        Assert.True(declared.Count > 20, $"{declared.Count} rules");
        foreach (var (property, value) in declared.SelectMany(Declarations))
        {
            Assert.True(Known.Contains(property) || Harmless.ContainsKey(property), $"{property} is neither known to all nor written down as harmless");
            Assert.DoesNotMatch(NotEverywhere(), value);
        }

        // A negative margin, or one on an inline element, is what Gmail and Outlook take away.
        Assert.DoesNotMatch(NegativeMargin(), html);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void What_hides_or_lays_out_stands_at_the_element(string name)
    {
        var html = SampleMails.All("en").Single(mail => mail.Name == name).Render(Samples.Templates).Html;
        var outside = Sheet().Match(html).Groups[1].Value;
        Assert.DoesNotContain("display", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("width:", MediaQuery().Replace(outside, ""), StringComparison.Ordinal);
        Assert.InRange(outside.Length, 1, 8_192);
        Assert.DoesNotMatch("<(img|svg|form|input|button|video|audio|iframe|object|link|script|picture|base)\\b", html);
    }

    private static IEnumerable<(string Property, string Value)> Declarations(string style) =>
        style.ReplaceLineEndings("").Split(';').Select(one => one.Split(':', 2)).Where(one => one.Length == 2).Select(one => (one[0].Trim(), one[1]));

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Sheet();

    [GeneratedRegex("style=\"([^\"]*)\"")]
    private static partial Regex Style();

    [GeneratedRegex("\\{([^{}]*)\\}")]
    private static partial Regex Rule();

    [GeneratedRegex("@[^{]*")]
    private static partial Regex AtRule();

    [GeneratedRegex("\\(max-width: [0-9]+px\\)")]
    private static partial Regex MediaQuery();

    [GeneratedRegex("url\\(|var\\(|calc\\(|min\\(|max\\(|clamp\\(|rgba?\\(|hsla?\\(|\\b(rem|vw|vh|ch)\\b|flex|grid|position|float|gradient|transform|expression")]
    private static partial Regex NotEverywhere();

    [GeneratedRegex("margin[^;\"}]*:[^;\"}]*-[0-9.]")]
    private static partial Regex NegativeMargin();
}
