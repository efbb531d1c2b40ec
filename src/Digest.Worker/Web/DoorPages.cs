using Digest.Templates;
using Digest.Worker.Delivery;

namespace Digest.Worker.Web;

/// <summary>The pages behind the links, in the browser's language; made once, so that every request costs the same.</summary>
internal sealed class DoorPages(MailTemplates templates, SenderOptions sender)
{
    private readonly Dictionary<(PageKind Kind, string Language), string> pages =
        templates.Languages.SelectMany(language => Enum.GetValues<PageKind>().Select(kind => (kind, language))).ToDictionary(page => page, page => templates.Render(page.kind, sender.Name, page.language));

    public IResult Show(HttpContext http, PageKind kind)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        return Results.Content(pages[(kind, Language(http.Request))], "text/html; charset=utf-8");
    }

    private string Language(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(wanted => templates.Languages.FirstOrDefault(own => wanted.Value.StartsWith(own, StringComparison.OrdinalIgnoreCase) && (wanted.Value.Length == own.Length || wanted.Value.Value![own.Length] == '-')))
        .FirstOrDefault(own => own is not null) ?? "en";
}
