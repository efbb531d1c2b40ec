using System.Text;

namespace Digest.Templates.Tests.Support;

/// <summary>Issues made of what an enemy, or a careless publisher, might put into a paper; the same for the same seed.</summary>
internal sealed class Hostile(int seed)
{
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "</style></td></table>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)",
        "javascript:alert(1)", "<!--", "-->", "]]>", "<![CDATA[", "&lt;b&gt;", "&amp;amp;", "&#x3c;script&#x3e;", "{{ 1 + 1 }}", "{{ site_name }}", "{% raw %}",
        "\u202Egnp.exe", "\u2066isolate", "\u200F", "\u200B\u200B\u200B", "\uFEFF", "\u00AD", "\u0000", "\u0007\u001B[31m", "\u0085", "\u2028", "\uD800", "\uDC00",
        "\uE000\uE001\uE00F", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟙𝟚𝟛", "👩‍🔬👨‍👩‍👧‍👦", "漢字とかな。、混じり文", "עברית ו־עוד", "النص العربي", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G", "\r\n.\r\nMAIL FROM:<x>", "\nSubject: spam",
        "https://good.example.org/a?b=c&d=e", "http://odd.example/\"onclick=x", "=?utf-8?q?=3Cscript=3E?=", "*bold*", "-- ", "12. ", "%s%n{0}{9}", "\\u003cscript>",
        "word", "and", "the", "of a", "longer sentence. Then another", "e.g. this", "(Fig. 3).", ",", ";", "\t", "\u3000",
    ];

    private static readonly string?[] Addresses =
    [
        null, "", "https://ok.example.org/x", "https://ok.example.org/a?b=1&c=<2>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
        "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "https://user:pass@evil.example/", "https://",
        "https://ok.example.org/\"><script>", "https://ok.example.org/" + "long/", "ftp://x.example", "mailto:a@example.org", "https://例え.jp/パス", "\u202Ehttps://evil.example",
    ];

    private readonly Random _random = new(seed);

    public IssueModel Issue()
    {
        var papers = _random.Next(0, 45);
        return new IssueModel
        {
            Language = Pick(["en", "de", "fr", "es", "zh", "ja", "\"><x", ""]),
            SiteName = "Digest " + Text(2),
            Date = new DateOnly(2026, 1, 1).AddDays(_random.Next(900)),
            Trending = _random.Next(5) == 0,
            Papers = [.. Enumerable.Range(0, papers).Select(_ => Paper())],
            HeldOver = _random.Next(3),
            Receipt = _random.Next(3) == 0 ? null : new IssueReceipt(_random.Next(5000), null, 3, 2, 1, [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new ReceiptGap(Text(20), (GapKind)_random.Next(3), [.. Enumerable.Range(1, 1 + _random.Next(3)).Select(day => new DateOnly(2026, 1, day))]))]),
            Interests = [.. Enumerable.Range(0, _random.Next(250)).Select(_ => Text(_random.Next(40)))],
            Footer = Samples.Footer with
            {
                Recipient = "a<b>@example.org" + Text(1),
                UnsubscribeUrl = Pick(Addresses),
                PostalAddress = Text(4),
                Cadence = Pick(["daily", "weekly:monday", "<x>", ""]),
                TimeZone = Text(1),
            },
        };
    }

    private IssuePaper Paper()
    {
        var title = _random.Next(12) == 0 ? string.Concat(Enumerable.Repeat(Pick(Pieces), 5000))[..5000] : Text(_random.Next(1, 12));
        var summary = Text(_random.Next(0, 400));
        return new IssuePaper
        {
            Id = Text(1),
            Title = title,
            Abstract = summary,
            Authors = [.. Enumerable.Range(0, _random.Next(15) == 0 ? 3000 : _random.Next(8)).Select(_ => Text(2))],
            FollowedAuthors = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(-5, 3500))],
            Categories = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Text(1))],
            AnnounceType = Pick(["new", "cross", "replace", "replace-cross", "<b>"]),
            Date = _random.Next(2) == 0 ? null : new DateOnly(2026, 1, 27),
            Upvotes = _random.Next(3) == 0 ? _random.Next(-5, 100_000) : null,
            Url = Pick(Addresses),
            PdfUrl = Pick(Addresses),
            CodeUrl = Pick(Addresses),
            Language = Pick(["en", "", "\"><script>"]),
            Reason = _random.Next(4) == 0 ? null : new IssueReason(
                Pick(["a", "b", "c", "<b>d</b>", "\u202Ee", ""]),
                Pick(["title", "abstract", "author", "category", "<x>"]),
                [.. Enumerable.Range(0, _random.Next(6)).Select(_ => new TextRange(
                    Pick(["title", "abstract", "x"]), _random.Next(-10, 3000), _random.Next(-3, 5) == 0 ? int.MaxValue : _random.Next(-3, 60)))]),
        };
    }

    private string Text(int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
            text.Append(Pick(Pieces)).Append(_random.Next(5) == 0 ? "" : " ");
        return text.ToString();
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
