namespace Digest.Worker.Web;

/// <summary>One short page with at most one button; nothing of it comes from the request.</summary>
internal static class TokenPage
{
    public static IResult Show(HttpContext http, string title, string sentence, string? button)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        var form = button is null ? "" : $"<form method=\"post\"><button>{button}</button></form>";
        return Results.Content(
            $$$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <title>{{{title}}}</title>
            <style>body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#1c1c1e;background:#fff}
            h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;background:#0b57d0;color:#fff}
            @media(prefers-color-scheme:dark){body{color:#eee;background:#1c1c1e}button{background:#a8c7fa;color:#062e6f}}</style></head>
            <body><main><h1>{{{title}}}</h1><p>{{{sentence}}}</p>{{{form}}}</main></body></html>
            """, "text/html; charset=utf-8");
    }
}
