using Digest.Templates.Languages;
using Digest.Templates.Output;

namespace Digest.Templates.Pages;

/// <summary>Writes a web page in the mails' look. Nothing of it comes from a request or is about a reader.</summary>
internal sealed class PageRenderer(TemplateSet templates, Frame frame, LanguageTable languages)
{
    public string Render(PageKind kind, string siteName, string languageTag)
    {
        var language = languages.Find(languageTag);
        var page = "page." + kind.ToString().ToLowerInvariant();
        var model = frame.Model(CleanText.Of(language.Plain(page + ".heading", siteName)), siteName, language.Tag);
        model["page"] = page;
        model["has_button"] = kind is PageKind.Unsubscribe or PageKind.Confirm;
        return new HtmlContext(language).Render(templates["page.html.sbn"], model).Value;
    }
}
