using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>Writes an issue: its groups, the shape of each paper, both parts in the same order.</summary>
internal sealed class IssueRenderer(TemplateSet templates, Frame frame, LanguageTable languages)
{
    /// <summary>Most octets of encoded HTML: Gmail clips a mail at about 102 kB.</summary>
    public const int MostOctets = 94_500;

    private const int FirstRoom = 80_000;
    private const int LongestInterest = 120;

    public RenderedMail Render(IssueModel issue)
    {
        var language = languages.Find(issue.Language);
        var groups = IssueGroup.Of(issue);
        var subject = IssueSubject.Of(issue, groups, language);
        var html = new HtmlContext(language);
        var text = new TextContext(language);

        var model = frame.Model(subject, issue.SiteName, language.Tag);
        var cards = new PaperCards(templates, model["theme"], issue, language, html, text);
        model["footer"] = FooterView.Of(issue.Footer, language, issue.SiteName, issue.Interests);
        model["kind"] = "issue";
        model["preheader"] = IssueSubject.Preheader(issue);

        var (layout, htmlPart) = Fit(room =>
        {
            var layout = IssueLayout.Of(groups, cards, room);
            model["issue"] = IssueView.Of(issue, groups, language, layout.Count(shown => shown == ShownAs.Not));
            model["groups"] = Groups(groups, layout, cards.Html);
            return (layout, frame.Html(html, model, html.Render(templates["issue.html.sbn"], model)));
        });
        model["groups"] = Groups(groups, layout, cards.Text);
        var textPart = frame.Text(text, model, text.Render(templates["issue.text.sbn"], model));
        return new RenderedMail(subject, htmlPart, textPart) { Shown = layout };
    }

    // What head and foot take is known only after they are written; a second pass is rare and a third one the end.
    private static (ShownAs[] Layout, string Html) Fit(Func<int, (ShownAs[] Layout, string Html)> write)
    {
        var room = FirstRoom;
        while (true)
        {
            var written = write(room);
            var over = EncodedSize.Of(written.Html) - MostOctets;
            if (over <= 0 || room == 0)
                return written;
            room = Math.Max(0, room - over - 1_000);
        }
    }

    private static ScriptArray Groups(List<IssueGroup> groups, ShownAs[] layout, Func<int, ShownAs, Markup> paper) => new(
        groups
            .Select(group => (group, shown: group.Papers.Where(i => layout[i] != ShownAs.Not).ToArray()))
            .Where(entry => entry.shown.Length > 0)
            .Select(entry => new ScriptObject
            {
                ["kind"] = entry.group.Kind.ToString().ToLowerInvariant(),
                ["interest"] = new RichText([new TextRun(TextCut.At(entry.group.Interest, LongestInterest), Marked: true)]) { IsTitle = true },
                ["papers"] = new ScriptArray(entry.shown.Select(i => paper(i, layout[i]))),
            }));
}
