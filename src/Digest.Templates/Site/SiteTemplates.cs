using Digest.Templates.Languages;
using Digest.Templates.Output;
using Digest.Templates.Site.Admin;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>
/// Turns models into pages of the site. Pure: the same model gives the same page. Safe to share between threads. Pages carry no style
/// and no script of their own: the style comes from <see cref="StyleSheet"/>, so that a strict policy can forbid the rest.
/// </summary>
public sealed class SiteTemplates
{
    private readonly TemplateSet _templates;
    private readonly LanguageTable _languages;

    private SiteTemplates(TemplateSource source, MailTheme theme)
    {
        _languages = new LanguageTable(source);
        _templates = new TemplateSet(source);
        StyleSheet = source.Read("site.css")
            .Replace("$accent-dark", theme.AccentDark, StringComparison.Ordinal).Replace("$accent", theme.Accent, StringComparison.Ordinal);
        AdminStyleSheet = StyleSheet + source.Read("admin.css");
        Icon = source.Read("site.svg").Replace("$accent", theme.Accent, StringComparison.Ordinal);
        Tags = [.. _languages.All.Select(language => language.Tag).Order(StringComparer.Ordinal)];
    }

    /// <summary>The languages that pages can be written in, BCP 47.</summary>
    public IReadOnlyList<string> Tags { get; }

    public string StyleSheet { get; }

    /// <summary>For the operator's pages.</summary>
    public string AdminStyleSheet { get; }

    /// <summary>SVG.</summary>
    public string Icon { get; }

    /// <param name="overrideFolder">A folder whose files replace the embedded ones of the same name; null for none.</param>
    /// <exception cref="TemplateException">A template or language table cannot be used.</exception>
    public static SiteTemplates Load(string? overrideFolder, MailTheme? theme = null) => new(new TemplateSource(overrideFolder), theme ?? new MailTheme());

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, PaperListModel list) => Render(frame, language => PaperListView.Of(list, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, PaperPageModel paper) => Render(frame, language => PaperPageView.Of(paper, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, SearchModel search) => Render(frame, language => SearchView.Of(search, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, NoticeModel notice) => Render(frame, language => NoticeView.Of(notice, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, SubscribeModel form) => Render(frame, language => SubscribeView.Of(form, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, OwnModel own) => Render(frame, language => OwnView.Of(own, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, OwnIssuesModel list) => Render(frame, language => OwnView.Of(list, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, OwnIssueModel issue) => Render(frame, language => OwnView.Of(issue, frame, language));

    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(SiteFrame frame, AskModel ask) => Render(frame, language => OwnView.Of(ask, language));

    /// <summary>A page for the operator.</summary>
    /// <param name="root">The address that all of these pages are below.</param>
    /// <exception cref="TemplateException">A template asks for what is not there.</exception>
    public string Render(AdminPage page, string siteName, string styleUrl, string root) =>
        new HtmlContext(_languages.Find("en")).Render(_templates["admin.html.sbn"], AdminView.Of(page, siteName, styleUrl, root)).Value;

    /// <summary>A sentence of the table, as plain text.</summary>
    public string Say(string tag, string key, params ReadOnlySpan<object?> values) => _languages.Find(tag).Plain(key, values);

    private string Render(SiteFrame frame, Func<Language, SiteContent> content)
    {
        var language = _languages.Find(frame.Language);
        var context = new HtmlContext(language);
        var page = content(language);
        var model = FrameView.Of(frame, page, language, Tags);
        foreach (var member in page.Model)
            model[member.Key] = member.Value;
        if (page.Entries is { } entries)
            model["entries"] = new ScriptArray(entries.Select(entry => context.Render(_templates["site-entry.html.sbn"], entry)));
        model["is_broad"] = page.Preview is not null;
        if (page.Wish is { } wish)
        {
            model["wish"] = context.Render(_templates["site-wish.html.sbn"], WishView.Of(wish, language, Tags));
            var beside = PreviewView.Of(page.Preview, page.Proposals, frame, language);
            model["preview_part"] = context.Render(_templates["site-preview.html.sbn"], beside);
            model["examples_part"] = context.Render(_templates["site-examples.html.sbn"], beside);
        }
        model["content"] = context.Render(_templates[page.Template], model);
        return context.Render(_templates["site.html.sbn"], model).Value;
    }
}
