using System.Net;
using System.Text.RegularExpressions;

namespace Digest.Worker.Tests.Web;

/// <summary>
/// Reads a page strictly, independently of the code under test: nothing that acts (script, style, handlers), every attribute quoted,
/// every element closed in order, addresses only our own or http(s). Anything else fails.
/// </summary>
internal static partial class StrictPage
{
    private static readonly HashSet<string> Void = ["meta", "link", "br", "wbr", "input"];
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "link", "body", "a", "header", "main", "footer", "nav", "section", "article", "aside", "p", "h1", "h2", "h3", "ul", "ol", "li", "span", "strong", "b", "br", "wbr",
        "details", "summary", "form", "label", "input", "textarea", "button", "select", "option", "fieldset", "legend", "div", "dl", "dt", "dd", "script",
        "table", "thead", "tbody", "tr", "th", "td", "pre", "iframe", "svg", "rect", "line", "text",
    ];

    /// <summary>The page's text, and all addresses in it.</summary>
    public static (string Text, IReadOnlyList<string> Links) Read(string page)
    {
        var open = new Stack<string>();
        var links = new List<string>();
        var text = new System.Text.StringBuilder();
        foreach (Match token in Token().Matches(page))
        {
            if (token.Groups["close"] is { Success: true } close)
            {
                Assert.Equal(open.Pop(), close.Value);
            }
            else if (token.Groups["open"] is { Success: true } name)
            {
                Assert.Contains(name.Value, Elements);
                ReadAttributes(name.Value, token.Groups["attributes"].Value, links);
                if (!Void.Contains(name.Value))
                    open.Push(name.Value);
            }
            else if (token.Groups["doctype"].Success)
            {
                Assert.Equal(0, token.Index);
            }
            else
            {
                Assert.False(token.Groups["bad"].Success, $"a stray < or > near: {page.AsSpan(token.Index, Math.Min(80, page.Length - token.Index))}");
                Assert.False(open.TryPeek(out var inside) && inside == "script" && token.Value.Trim().Length > 0, "a script of the page's own");
                text.Append(WebUtility.HtmlDecode(token.Value));
            }
        }
        Assert.Empty(open);
        return (Spaces().Replace(text.ToString(), " "), links);
    }

    private static void ReadAttributes(string element, string attributes, List<string> links)
    {
        Assert.True(Attribute().Replace(attributes, "").Trim().Length == 0, $"<{element}{attributes}>");
        foreach (Match attribute in Attribute().Matches(attributes))
        {
            var (name, value) = (attribute.Groups["name"].Value, WebUtility.HtmlDecode(attribute.Groups["value"].Value));
            Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "style" or "srcdoc" or "formaction", $"{name} on {element}");
            if (name is "href" or "src" or "action")
                links.Add(Allowed(value));
        }
        Assert.False(element == "script" && !attributes.Contains("src=\"/site.js", StringComparison.Ordinal), "a script that is not our own file");
    }

    private static string Allowed(string address)
    {
        Assert.True(address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal) || address.StartsWith('#')
            || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)), $"the address {address}");
        return address;
    }

    [GeneratedRegex("""<!(?<doctype>DOCTYPE html)>|</(?<close>[a-z0-9]+)>|<(?<open>[a-z0-9]+)(?<attributes>(?:\s+[a-z0-9-]+(?:="[^"<>]*")?)*)\s*>|(?<bad>[<>])|[^<>]+""")]
    private static partial Regex Token();

    [GeneratedRegex("""\s+(?<name>[a-z0-9-]+)(?:="(?<value>[^"<>]*)")?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
