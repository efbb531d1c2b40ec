using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>Writes an issue: its groups, the shape of each paper, both parts in the same order.</summary>
internal sealed class IssueRenderer(TemplateSet templates, Frame frame, LanguageTable languages)
{
    public RenderedMail Render(IssueModel issue)
    {
        var language = languages.Find(issue.Language);
        var groups = IssueGroup.Of(issue.Papers);
        var subject = IssueSubject.Of(issue, groups, language);
        var html = new HtmlContext(language);
        var text = new TextContext(language);
        var model = frame.Model(subject, issue.SiteName, language.Tag);
        var cards = new PaperCards(templates, model["theme"], issue, language, html, text);
        var layout = IssueLayout.Of(groups, cards);

        model["footer"] = FooterView.Of(issue.Footer, language, issue.SiteName, issue.Interests);
        model["kind"] = "issue";
        model["preheader"] = IssueSubject.Preheader(issue);
        model["issue"] = IssueView.Of(issue, language, layout.Count(shown => shown == ShownAs.Not));

        model["groups"] = Groups(groups, layout, cards.Html);
        var htmlPart = frame.Html(html, model, html.Render(templates["issue.html.sbn"], model));
        model["groups"] = Groups(groups, layout, cards.Text);
        var textPart = frame.Text(text, model, text.Render(templates["issue.text.sbn"], model));
        return new RenderedMail(subject, htmlPart, textPart) { Shown = layout };
    }

    private static ScriptArray Groups(List<IssueGroup> groups, ShownAs[] layout, Func<int, ShownAs, Markup> paper) => new(
        groups
            .Select(group => (group, shown: group.Papers.Where(i => layout[i] != ShownAs.Not).ToArray()))
            .Where(entry => entry.shown.Length > 0)
            .Select(entry => new ScriptObject
            {
                ["interest"] = entry.group.Interest is { Length: > 0 } interest ? TextCut.At(interest, 120) : null,
                ["also"] = entry.group.Also,
                ["papers"] = new ScriptArray(entry.shown.Select(i => paper(i, layout[i]))),
            }));
}
