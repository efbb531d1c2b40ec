using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Digest.Worker.Web.Site;

/// <summary>Writes answers with the headers that every one of them has: nothing but our own style may load, and no address leaves the page.</summary>
internal static class SiteHeaders
{
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <summary>An answer that is the same for everybody with that language.</summary>
    /// <param name="seconds">How long others may keep it; null: it is for one reader, whose program may ask whether it is still the same.</param>
    public static async Task WriteAsync(HttpContext http, Answer answer, int? seconds)
    {
        Protect(http.Response);
        var headers = http.Response.Headers;
        headers.Vary = "Accept-Encoding, Accept-Language";
        headers.CacheControl = answer.Status != StatusCodes.Status200OK ? "no-store" : seconds is { } kept ? $"public, max-age={kept}" : "private, no-cache";
        headers.ETag = $"\"{answer.Tag}\"";
        if (answer.Status == StatusCodes.Status200OK && Has(http.Request.Headers.IfNoneMatch, answer.Tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        var body = answer.Plain;
        if (TakesGzip(http.Request.Headers.AcceptEncoding))
        {
            headers.ContentEncoding = "gzip";
            body = answer.Compressed;
        }
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>A page for one reader alone: nobody keeps it, and it is not compressed, since its length could tell of secrets in it.</summary>
    /// <param name="policy">Another than the usual; null: the usual.</param>
    public static Task WritePrivateAsync(HttpContext http, int status, string page, string? policy = null)
    {
        Protect(http.Response);
        if (policy is not null)
            http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(page, http.RequestAborted);
    }

    private static bool Has(StringValues tags, string tag) => tags.ToString().Contains($"\"{tag}\"", StringComparison.Ordinal);

    private static bool TakesGzip(StringValues accepted) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out var list) && list.Any(one => one.Value == "gzip" && one.Quality is null or > 0);
}
