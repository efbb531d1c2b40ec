using Digest.Templates.Site;

namespace Digest.Worker.Web.Site;

/// <summary>The language of a page: the one that the address asks for, else the first of the browser's that we can write.</summary>
internal sealed class ReaderLanguage(SiteTemplates templates)
{
    public (string Tag, bool Asked) Of(HttpRequest request)
    {
        if (request.Query["lang"].ToString() is { Length: > 0 } asked && Known(asked) is { } tag)
            return (tag, true);
        if (request.Headers.AcceptLanguage.Count == 0)
            return ("en", false);
        var wanted = request.GetTypedHeaders().AcceptLanguage.Where(language => language.Quality is null or > 0).OrderByDescending(language => language.Quality ?? 1);
        return (wanted.Select(language => Known(language.Value.ToString())).FirstOrDefault(known => known is not null) ?? "en", false);
    }

    /// <summary>A region falls back to its language.</summary>
    private string? Known(string tag) =>
        templates.Tags.FirstOrDefault(own => tag.StartsWith(own, StringComparison.OrdinalIgnoreCase) && (tag.Length == own.Length || tag[own.Length] == '-'));
}
