using Digest.Worker.Papers.Sources;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers;

/// <summary>The configured sources, in the operator's order, and the archive that fills their gaps.</summary>
internal sealed class SourceList(PapersOptions papers, Fetcher fetcher, TimeProvider time)
{
    public IReadOnlyList<(SourceOptions Options, IPaperSource Source)> All { get; } =
        [.. papers.Sources.Select(options => (options, SourceKinds.Find(options.Kind)!.Create(new SourceContext(options, fetcher, time))))];

    /// <summary>
    /// arXiv's archive for the missing days of a source; null where none may be asked. A datestamp can be the day of the announcement or
    /// the one after, so it is asked for one day more.
    /// </summary>
    public IPaperSource? Archive(SourceOptions source, DateOnly first, DateOnly last)
    {
        if (Address(source) is not { } address)
            return null;
        var options = source with { Kind = "arxiv-oai", Name = $"{source.Name} back-fill {DayCursor.Text(first)} {DayCursor.Text(last)}", Url = address };
        return new ArxivOaiSource(new SourceContext(options, fetcher, time), first, last.AddDays(1));
    }

    private string? Address(SourceOptions source) => papers.BackfillUrl switch
    {
        "none" => null,
        { Length: > 0 } url => url,
        _ when papers.Sources.FirstOrDefault(other => other.Kind.Equals("arxiv-oai", StringComparison.OrdinalIgnoreCase)) is { } archive => archive.Url ?? ArxivOaiSource.Home.AbsoluteUri,
        _ => source.Url is null || new Uri(source.Url).Host == ArxivRssSource.Home.Host ? ArxivOaiSource.Home.AbsoluteUri : null,
    };
}
