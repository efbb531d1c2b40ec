namespace Digest.Worker.Papers;

/// <summary>The host that a source is asked at.</summary>
internal static class SourceAddress
{
    private static readonly Dictionary<string, string> Homes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["arxiv-rss"] = "https://rss.arxiv.org/",
        ["arxiv-api"] = "https://export.arxiv.org/",
        ["arxiv-oai"] = "https://oaipmh.arxiv.org/",
        ["huggingface"] = "https://huggingface.co/",
        ["biorxiv"] = "https://api.biorxiv.org/",
        ["medrxiv"] = "https://api.biorxiv.org/",
        ["crossref"] = "https://api.crossref.org/",
        ["openalex"] = "https://api.openalex.org/",
        ["pubmed"] = "https://eutils.ncbi.nlm.nih.gov/",
        ["openreview"] = "https://api2.openreview.net/",
    };

    /// <returns>Null for a source that is no host's.</returns>
    public static Uri? Of(SourceOptions source) => source.Url is { Length: > 0 } url ? new Uri(url) : Homes.TryGetValue(source.Kind, out var home) ? new Uri(home) : null;
}
