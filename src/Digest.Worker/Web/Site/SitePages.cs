using Digest.Templates.Site;
using Digest.Worker.Delivery;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Site;

/// <summary>What all pages are made with: the frame around them, and the finished style.</summary>
internal sealed class SitePages(SiteTemplates templates, ReaderLanguage languages, SenderOptions sender, WebOptions options)
{
    private const string Html = "text/html; charset=utf-8";

    public Answer Style { get; } = new(StatusCodes.Status200OK, "text/css; charset=utf-8", templates.StyleSheet);

    public Answer Icon { get; } = new(StatusCodes.Status200OK, "image/svg+xml", templates.Icon);

    public SiteTemplates Templates => templates;

    /// <param name="path">The page's own address, without the language.</param>
    public SiteFrame Frame(HttpRequest request, string path)
    {
        var (language, asked) = languages.Of(request);
        return new SiteFrame { Language = language, LanguageAsked = asked, SiteName = sender.Name, Path = path, StyleUrl = $"/site.css?{Style.Tag}", SubscribeUrl = options.SignUp ? SubscribeDoor.Url("") : null };
    }

    /// <summary>The language of a form that came back: the one that it was shown in.</summary>
    public string Language(HttpRequest request, string shown) => templates.Tags.Contains(shown) ? shown : languages.Of(request).Tag;

    public string Say(string language, string key, params ReadOnlySpan<object?> values) => templates.Say(language, key, values);

    public static Answer Page(string html, int status = StatusCodes.Status200OK) => new(status, Html, html);

    public Answer NotFound(HttpRequest request) => Page(templates.Render(Frame(request, "/"), new NoticeModel("notfound")), StatusCodes.Status404NotFound);
}
