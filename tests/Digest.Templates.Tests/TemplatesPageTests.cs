using System.Text.RegularExpressions;
using Digest.Templates.Issues;
using Digest.Templates.Languages;
using Digest.Templates.Letters;
using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

/// <summary>Holds docs/TEMPLATES.md to the models that the code makes.</summary>
public sealed partial class TemplatesPageTests
{
    [Fact]
    public void The_page_names_what_a_template_sees_and_nothing_else()
    {
        var language = new LanguageTable(new TemplateSource(null)).Find("en");
        var source = new TemplateSource(null);
        var issue = SampleMails.Issue("en") with { Receipt = new IssueReceipt(1, 1, 1, 1, 0, []) { WholeSince = new DateOnly(2026, 1, 1) } };
        var model = View(typeof(Frame), "Model", new Frame(new TemplateSet(source), new MailTheme()), "", "", "en");
        model["kind"] = model["content"] = model["footer_part"] = model["groups"] = "";
        model["footer"] = View(typeof(FooterView), "Of", null, Samples.Footer, language, "", Array.Empty<string>(), 0);
        model["issue"] = View(typeof(IssueView), "Of", null, issue, IssueGroup.Of(issue), language, 0);
        model["paper"] = View(typeof(PaperView), "Of", null, issue.Papers[0], "1", 100, language);
        model["letter"] = View(typeof(LetterView), "Of", null, SampleMails.Letter(LetterKind.Welcome, "en"), "welcome", language);
        var seen = Names("", model).Where(name => name is not ("theme" or "footer" or "issue" or "paper" or "letter")).Order().ToArray();
        var page = Row().Matches(Page()).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).Order().ToArray();
        Assert.Empty(seen.Except(page));
        Assert.Empty(page.Except(seen));
    }

    // By name: the types of the template engine stay inside the library.
    private static IDictionary<string, object> View(Type type, string method, object? on, params object[] values) =>
        (IDictionary<string, object>)type.GetMethod(method)!.Invoke(on, values)!;

    private static IEnumerable<string> Names(string prefix, IDictionary<string, object> model)
    {
        foreach (var (name, value) in model)
        {
            yield return prefix + name;
            if (value is IDictionary<string, object> inner)
            {
                foreach (var below in Names($"{prefix}{name}.", inner))
                    yield return below;
            }
        }
    }

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Digest.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return File.ReadAllText(Path.Combine(folder, "docs", "TEMPLATES.md"));
    }

    [GeneratedRegex("^\\| (`[^|]*) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Name();
}
