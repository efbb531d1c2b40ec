using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>arXiv's daily feed: today's announcement of the categories, new and cross-listed; replacements are left out of the papers.</summary>
internal sealed class ArxivRssSource(SourceContext context) : IPaperSource
{
    /// <summary>A joined feed ends at 2,000 items without a word: busy categories are asked for a few at a time.</summary>
    private const int MostItems = 2000;

    private readonly Uri root = new(context.Options.Url ?? "https://rss.arxiv.org/rss/");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        var open = new Stack<string[]>([[.. context.Options.Categories]]);
        while (open.TryPop(out var categories))
        {
            var reading = await ReadAsync(categories, cancellationToken);
            if (reading.Entries.Count + reading.SetAside.Count >= MostItems && categories.Length > 1)
            {
                open.Push(categories[(categories.Length / 2)..]);
                open.Push(categories[..(categories.Length / 2)]);
                continue;
            }
            // A feed that stopped saying what it announces: a later version is hardly news.
            entries.AddRange(reading.Entries.Select(entry => entry is { AnnounceType: null, Version: > 1 } ? entry with { AnnounceType = AnnounceType.Replace } : entry));
            setAside.AddRange(reading.SetAside);
        }
        return new Fetched(entries, setAside, null);
    }

    private async Task<Reading> ReadAsync(string[] categories, CancellationToken cancellationToken)
    {
        var address = new Uri(root.AbsoluteUri.TrimEnd('/') + "/" + string.Join('+', categories));
        var question = new Question(Name, address, Arxiv.Provider, Arxiv.Pause);
        return await context.Fetcher.ReadAsync(question, ArxivRssFormat.Read, cancellationToken);
    }
}
