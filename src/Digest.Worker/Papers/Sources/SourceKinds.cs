using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Papers.Sources;

/// <summary>Every kind of source, one line each: a new source is its format, its class and its line here.</summary>
internal static class SourceKinds
{
    private static readonly SourceKind[] All =
    [
        new("arxiv-rss", ArxivRssFormat.Read, context => new ArxivRssSource(context)) { NeedsCategories = true },
        new("huggingface", HuggingFaceFormat.Read, context => new HuggingFaceSource(context)),
        new("file", JsonLinesFormat.Read, context => new FileSource(context)),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    public static SourceKind? Find(string name) => Array.Find(All, kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
