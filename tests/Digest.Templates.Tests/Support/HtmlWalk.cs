using System.Net;
using System.Text.RegularExpressions;

namespace Digest.Templates.Tests.Support;

/// <summary>
/// Reads a mail's HTML strictly, independently of the code under test: only the elements and attributes that our templates use,
/// every attribute quoted, every element closed in order, only safe addresses. Anything else fails.
/// </summary>
internal static partial class HtmlWalk
{
    private static readonly HashSet<string> Void = ["meta", "br", "wbr"];
    private static readonly HashSet<string> Elements =
        ["html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "h1", "h2", "h3", "p", "span", "a", "b", "br", "wbr", "ul", "li"];

    private static readonly HashSet<string> Attributes =
        ["lang", "dir", "charset", "name", "content", "style", "class", "role", "width", "cellpadding", "cellspacing", "border", "align", "href", "aria-label", "aria-roledescription"];

    /// <summary>The text of each element of that name, and the addresses of all links.</summary>
    public static (List<string> Headings, List<string> Links) Read(string html)
    {
        var open = new Stack<string>();
        var headings = new List<string>();
        var links = new List<string>();
        var heading = "";
        html = Comment().Replace(html, "");
        foreach (Match token in Token().Matches(html))
        {
            if (token.Groups["close"].Success)
            {
                var name = token.Groups["close"].Value;
                Assert.Equal(open.Pop(), name);
                if (name == "h3")
                    headings.Add(Spaces().Replace(WebUtility.HtmlDecode(heading), " ").Trim());
            }
            else if (token.Groups["open"].Success)
            {
                var name = token.Groups["open"].Value;
                Assert.Contains(name, Elements);
                if (!Void.Contains(name))
                    open.Push(name);
                if (name == "h3")
                    heading = "";
                ReadAttributes(token.Groups["attributes"].Value, links);
            }
            else if (token.Groups["doctype"].Success)
            {
                Assert.Equal(0, token.Index);
            }
            else
            {
                Assert.False(token.Groups["bad"].Success, $"a stray < or > near: {html.AsSpan(token.Index, Math.Min(80, html.Length - token.Index))}");
                if (!open.Contains("style"))
                    Assert.DoesNotMatch(BareAmpersand(), token.Value);
                heading += token.Value;
            }
        }

        Assert.Empty(open);
        return (headings, links);
    }

    private static void ReadAttributes(string text, List<string> links)
    {
        var rest = Attribute().Replace(text, match =>
        {
            Assert.Contains(match.Groups["name"].Value, Attributes);
            Assert.DoesNotMatch(BareAmpersand(), match.Groups["value"].Value);
            if (match.Groups["name"].Value == "href")
                links.Add(WebUtility.HtmlDecode(match.Groups["value"].Value));
            return "";
        });
        Assert.Equal("", rest.Trim());
    }

    [GeneratedRegex("<!--\\[if mso\\]>[^-]*<!\\[endif\\]-->")]
    private static partial Regex Comment();

    [GeneratedRegex("(?<doctype><!DOCTYPE html>)|</(?<close>[a-z0-9]+)>|<(?<open>[a-z0-9]+)(?<attributes>(?:\\s+[a-z-]+=\"[^\"<>]*\")*)\\s*>|(?<bad>[<>])|[^<>]+")]
    private static partial Regex Token();

    [GeneratedRegex("\\s+(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("&(?!amp;|lt;|gt;|quot;|#39;|nbsp;)")]
    private static partial Regex BareAmpersand();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
