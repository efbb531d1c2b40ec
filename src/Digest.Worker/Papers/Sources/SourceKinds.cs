using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Papers.Sources;

/// <summary>Every kind of source, one line each: a new source is its format, its class and its line here.</summary>
internal static class SourceKinds
{
    private static readonly SourceKind[] All =
    [
        new("arxiv-rss", ArxivRssFormat.Read, context => new ArxivRssSource(context)) { NeedsCategories = true },
        new("arxiv-api", ArxivApiFormat.Read, context => new ArxivApiSource(context)) { NeedsCategories = true },
        new("arxiv-oai", OaiFormat.Read, context => new ArxivOaiSource(context)) { NeedsCategories = true },
        new("huggingface", HuggingFaceFormat.Read, context => new HuggingFaceSource(context)),
        new("biorxiv", PreprintFormat.ReadBiorxiv, context => new PreprintSource(context, "biorxiv", PreprintFormat.ReadBiorxiv)),
        new("medrxiv", PreprintFormat.ReadMedrxiv, context => new PreprintSource(context, "medrxiv", PreprintFormat.ReadMedrxiv)),
        new("feed", FeedFormat.Read, context => new FeedSource(context)) { NeedsUrl = true },
        new("openalex", OpenAlexFormat.Read, context => new OpenAlexSource(context)) { NeedsQuery = true },
        new("crossref", CrossrefFormat.Read, context => new CrossrefSource(context)) { NeedsQuery = true },
        new("pubmed", PubmedFormat.Read, context => new PubmedSource(context)) { NeedsQuery = true },
        new("openreview", OpenReviewFormat.Read, context => new OpenReviewSource(context)) { NeedsQuery = true },
        new("file", JsonLinesFormat.Read, context => new FileSource(context)),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    public static SourceKind? Find(string name) => Array.Find(All, kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
