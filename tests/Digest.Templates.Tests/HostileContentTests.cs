using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Digest.Templates.Output;
using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

public sealed partial class HostileContentTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_runs_nothing_breaks_nothing_is_lost(int seed)
    {
        var hostile = new Hostile(seed);
        for (var i = 0; i < 4; i++)
            Check(hostile.Issue());
    }

    private static void Check(IssueModel issue)
    {
        var mail = Samples.Templates.Render(issue);
        var (headings, links) = HtmlWalk.Read(mail.Html);
        Assert.All(links, link => Assert.Matches(SafeLink(), link));
        Assert.DoesNotContain("evil", string.Join(' ', links.Where(link => !link.StartsWith("mailto:", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.All(mail.Html.Split('\n'), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998));
        Assert.InRange(EncodedSize.Of(mail.Html), 0, 95_000);
        Assert.InRange(Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Html), Base64FormattingOptions.InsertLineBreaks).Length, 0, 95_000);
        Assert.All(mail.Text.Split('\n'), line => Assert.True(
            DisplayWidth.Of(line) <= 72 || line.Contains("://", StringComparison.Ordinal) || line.Contains("mailto:", StringComparison.Ordinal), line));
        Assert.All(mail.Text.Split('\n'), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998));
        Assert.DoesNotContain('\n', mail.Subject);
        foreach (var part in new[] { mail.Subject, mail.Html, mail.Text })
            NoActingCharacters(part);
        SamePapersInTheSameOrder(issue, mail, headings);
    }

    private static void SamePapersInTheSameOrder(IssueModel issue, RenderedMail mail, List<string> headings)
    {
        Assert.Equal(issue.Papers.Count, mail.Shown.Count);
        var inHtml = headings.Select(heading => int.Parse(heading[..heading.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture)).ToArray();
        var expected = Enumerable.Range(1, issue.Papers.Count).Where(n => mail.Shown[n - 1] != ShownAs.Not).ToArray();
        Assert.Equal(expected, inHtml.Order());
        var at = 0;
        foreach (var number in inHtml)
        {
            var next = mail.Text.IndexOf($"\n{number.ToString(CultureInfo.InvariantCulture),2}. ", at, StringComparison.Ordinal);
            Assert.True(next >= at, $"paper {number} is not in the text part, or not in this order: {mail.Text[at..Math.Min(mail.Text.Length, at + 3000)]}");
            at = next + 1;
        }
    }

    private static void NoActingCharacters(string part)
    {
        foreach (var rune in part.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(category is UnicodeCategory.Control or UnicodeCategory.PrivateUse && rune.Value != '\n', $"U+{rune.Value:X4}");
            Assert.False(category is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D), $"U+{rune.Value:X4}");
        }
    }

    [GeneratedRegex("^(https?://[^\\s<>\"]+|mailto:[^\\s<>\"]+)$")]
    private static partial Regex SafeLink();
}
