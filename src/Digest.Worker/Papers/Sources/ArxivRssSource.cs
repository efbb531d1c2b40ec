using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>arXiv's daily feed: today's announcement of the categories, asked for only when it changed.</summary>
internal sealed class ArxivRssSource(SourceContext context) : IPaperSource
{
    /// <summary>A joined feed ends at 2,000 items without a word: busy categories are asked for a few at a time.</summary>
    private const int MostItems = 2000;

    public static readonly Uri Home = new("https://rss.arxiv.org/rss/");

    private readonly Uri root = context.Options.Url is { } url ? new Uri(url) : Home;

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var known = Remembered.Parse(cursor);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        var days = new List<DaySighting>();
        var open = new Stack<string[]>([[.. context.Options.Categories]]);
        while (open.TryPop(out var categories))
        {
            var (reading, full) = await ReadAsync(categories, known, cancellationToken);
            if (full && categories.Length > 1)
            {
                open.Push(categories[(categories.Length / 2)..]);
                open.Push(categories[..(categories.Length / 2)]);
            }
            else if (reading is not null)
            {
                var papers = reading.Entries.Select(Typed).ToList();
                entries.AddRange(papers);
                setAside.AddRange(reading.SetAside);
                if (reading.Day is { } day)
                    days.Add(DaySighting.Of(day, papers.Where(IsAnnounced), categories, !full && !reading.CutOff));
            }
        }
        return new Fetched(entries, setAside, Remembered.Text(known)) { Days = DaySighting.Join(days) };
    }

    private async Task<(Reading? Reading, bool Full)> ReadAsync(string[] categories, Dictionary<string, Validators> known, CancellationToken cancellationToken)
    {
        var address = new Uri(root.AbsoluteUri.TrimEnd('/') + "/" + string.Join('+', categories));
        var question = new Question(Name, address, Arxiv.Provider, Arxiv.Pause) { Known = known.GetValueOrDefault(address.AbsoluteUri, Validators.None) };
        var (reading, validators) = await context.Fetcher.ReadIfChangedAsync(question, ArxivRssFormat.Read, cancellationToken);
        var full = reading is not null && reading.Entries.Count + reading.SetAside.Count >= MostItems;
        if (full || reading?.CutOff == true)
            known.Remove(address.AbsoluteUri);
        else
            known[address.AbsoluteUri] = validators;
        return (reading, full);
    }

    /// <summary>A feed that stopped saying what it announces: a later version is hardly news.</summary>
    private static PaperEntry Typed(PaperEntry entry) =>
        entry is { AnnounceType: null, Version: > 1 } ? entry with { AnnounceType = AnnounceType.Replace } : entry;

    private static bool IsAnnounced(PaperEntry entry) => entry.AnnounceType is null or AnnounceType.New or AnnounceType.Cross;
}
