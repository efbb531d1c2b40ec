using Digest.Templates.Cards;
using Digest.Templates.Languages;
using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Issues;

/// <summary>
/// Writes an issue: its groups, the shape of each paper, both parts in the same order. Cards are finished once and put into their
/// places; an issue with a card that cannot be shared is written as a whole. Both ways give the same octets.
/// </summary>
internal sealed class IssueRenderer(TemplateSet templates, Frame frame, LanguageTable languages, CardCache cache)
{
    /// <summary>Most octets of encoded HTML: Gmail clips a mail at about 102 kB.</summary>
    public const int MostOctets = 94_500;

    private const int FirstRoom = 80_000;
    private const int LongestInterest = 120;

    private readonly Desks _desks = new();
    private readonly CardShelf _shelf = new(templates, frame.Theme, cache);

    public IReadOnlyList<string> CardObstacles => _shelf.Obstacles;

    public RenderedMail Render(IssueModel issue)
    {
        var desk = _desks.Take(languages.Find(issue.Language));
        var mail = Spliced(issue, desk) ?? Whole(issue, desk);
        _desks.PutBack(desk);
        return mail;
    }

    /// <summary>Without a finished card.</summary>
    public RenderedMail Whole(IssueModel issue) => Whole(issue, new Desk(languages.Find(issue.Language)));

    /// <summary>From finished cards alone; null where that cannot be.</summary>
    public RenderedMail? Spliced(IssueModel issue) => Spliced(issue, new Desk(languages.Find(issue.Language)));

    private RenderedMail? Spliced(IssueModel issue, Desk desk)
    {
        if (issue.Papers.Count > Slot.MostCards)
            return null;
        desk.Interests.Clear();
        var cards = new IssueCards(issue, _shelf, desk);
        var page = Page(issue, desk);
        var (layout, shell) = Fit(
            page,
            desk,
            cards,
            static (position, _) => Slot.Card(position),
            (shell, layout) => cards.Lacking ? 0 : EncodedSize.Of(SplicedMeasure(shell, layout, cards)));
        if (cards.Lacking)
            return null;
        var html = SplicedIssue.Html(shell.Span, cards, layout, desk.Octets);
        desk.Html.TakeBack(shell);
        if (html is null)
            return null;
        var textShell = TextShell(page, desk, layout, static (position, _) => Slot.Card(position));
        var text = SplicedIssue.Text(textShell.Span, cards, layout, desk.Octets, desk.Scratch);
        desk.Text.TakeBack(textShell);
        return text is null ? null : new RenderedMail(page.Subject, html, text) { Shown = layout };
    }

    private RenderedMail Whole(IssueModel issue, Desk desk)
    {
        var page = Page(issue, desk);
        var cards = new PaperCards(templates, frame.Theme, issue, desk.Html.Words, desk.Html, desk.Text);
        var (layout, html) = Fit(page, desk, cards, cards.Html, static (html, _) => EncodedSize.Of(LineLimit.Of(html.Value)));
        var text = TextShell(page, desk, layout, cards.Text);
        return new RenderedMail(page.Subject, LineLimit.Of(html.Value), TextWrap.Fold(text.Value)) { Shown = layout };
    }

    private static TextMeasure SplicedMeasure(Markup shell, ShownAs[] layout, IssueCards cards)
    {
        var (sum, places) = (default(TextMeasure), 0);
        for (var i = 0; i < layout.Length; i++)
        {
            if (layout[i] == ShownAs.Not)
                continue;
            sum += cards.Measure(i, layout[i]);
            places++;
        }

        return sum + SplicedIssue.Measure(shell.Span, places);
    }

    private IssuePage Page(IssueModel issue, Desk desk)
    {
        var language = desk.Html.Words;
        var groups = IssueGroup.Of(issue);
        var subject = IssueSubject.Of(issue, groups, language);
        var model = frame.Model(subject, issue.SiteName, language.Tag);
        model["footer"] = FooterView.Of(issue.Footer, language, issue.SiteName, issue.Interests, issue.Papers.Count);
        model["kind"] = "issue";
        model["preheader"] = IssueSubject.Preheader(issue, groups);
        return new IssuePage(issue, groups, subject, model);
    }

    // What head and foot take is known only after they are written; a second pass is rare and a third one the end.
    private (ShownAs[] Layout, Markup Html) Fit(
        IssuePage page, Desk desk, ICardSizes cards, Func<int, ShownAs, Markup> paper, Func<Markup, ShownAs[], int> size)
    {
        var room = FirstRoom;
        while (true)
        {
            var layout = IssueLayout.Of(page.Groups, cards, room);
            page.Model["issue"] = IssueView.Of(page.Issue, page.Groups, desk.Html.Words, page.Issue.Owed + layout.Count(shown => shown == ShownAs.Not));
            page.Model["groups"] = Groups(page.Groups, layout, paper);
            var html = frame.Html(desk.Html, "issue", page.Model);
            var over = size(html, layout) - MostOctets;
            if (over <= 0 || room == 0)
                return (layout, html);
            desk.Html.TakeBack(html);
            room = Math.Max(0, room - over - 1_000);
        }
    }

    private Markup TextShell(IssuePage page, Desk desk, ShownAs[] layout, Func<int, ShownAs, Markup> paper)
    {
        page.Model["groups"] = Groups(page.Groups, layout, paper);
        return frame.Text(desk.Text, "issue", page.Model);
    }

    private static ScriptArray Groups(List<IssueGroup> groups, ShownAs[] layout, Func<int, ShownAs, Markup> paper)
    {
        var shown = new ScriptArray();
        foreach (var group in groups)
        {
            var papers = new ScriptArray();
            foreach (var position in group.Papers)
            {
                if (layout[position] != ShownAs.Not)
                    papers.Add(paper(position, layout[position]));
            }

            if (papers.Count > 0)
            {
                shown.Add(new ScriptObject(3)
                {
                    ["kind"] = group.KindName,
                    ["interest"] = TextCut.At(group.Name, LongestInterest),
                    ["papers"] = papers,
                });
            }
        }

        return shown;
    }

    private sealed record IssuePage(IssueModel Issue, List<IssueGroup> Groups, string Subject, ScriptObject Model);
}
