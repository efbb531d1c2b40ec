using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Papers.Sources;

/// <summary>Every kind of source, one line each: a new source is its format, its class and its line here.</summary>
internal static class SourceKinds
{
    private static readonly SourceKind[] All =
    [
        new("arxiv-rss", ArxivRssFormat.Read, context => new ArxivRssSource(context)) { Title = "arXiv", Days = SourceDays.Feed, NeedsCategories = true },
        new("arxiv-api", ArxivApiFormat.Read, context => new ArxivApiSource(context)) { Title = "arXiv", Days = SourceDays.Rolling, NeedsCategories = true },
        new("arxiv-oai", OaiFormat.Read, context => new ArxivOaiSource(context)) { Title = "arXiv", Days = SourceDays.Rolling, NeedsCategories = true },
        new("huggingface", HuggingFaceFormat.Read, context => new HuggingFaceSource(context)) { Title = "Hugging Face" },
        new("biorxiv", PreprintFormat.ReadBiorxiv, context => new PreprintSource(context, "biorxiv", PreprintFormat.ReadBiorxiv)) { Title = "bioRxiv" },
        new("medrxiv", PreprintFormat.ReadMedrxiv, context => new PreprintSource(context, "medrxiv", PreprintFormat.ReadMedrxiv)) { Title = "medRxiv" },
        new("feed", FeedFormat.Read, context => new FeedSource(context)) { Title = "RSS", NeedsUrl = true },
        new("openalex", OpenAlexFormat.Read, context => new OpenAlexSource(context)) { Title = "OpenAlex", NeedsQuery = true },
        new("crossref", CrossrefFormat.Read, context => new CrossrefSource(context)) { Title = "Crossref", NeedsQuery = true },
        new("pubmed", PubmedFormat.Read, context => new PubmedSource(context)) { Title = "PubMed", NeedsQuery = true },
        new("openreview", OpenReviewFormat.Read, context => new OpenReviewSource(context)) { Title = "OpenReview", NeedsQuery = true },
        new("file", JsonLinesFormat.Read, context => new FileSource(context)) { Title = "file" },
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    public static SourceKind? Find(string name) => Array.Find(All, kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
