using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>bioRxiv and medRxiv: pages of a hundred versions; later versions are no new papers. Categories are chosen here, not by the server.</summary>
internal sealed class PreprintSource(SourceContext context, string server, Func<Stream, Reading> read) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 300;

    private readonly string root = (context.Options.Url ?? "https://api.biorxiv.org/details").TrimEnd('/');

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DayCursor.Today(context.Time);
        var from = DayCursor.From(cursor, today, overlap: 2);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        for (var page = 0; page < MostPages; page++)
        {
            var address = new Uri($"{root}/{server}/{DayCursor.Text(from)}/{DayCursor.Text(today)}/{(page * PageSize).ToString(CultureInfo.InvariantCulture)}/json");
            var reading = await context.Fetcher.ReadAsync(new Question(Name, address, Pause: TimeSpan.FromSeconds(1)), read, cancellationToken);
            entries.AddRange(reading.Entries.Where(Wanted).Select(entry => entry.Version > 1 ? entry with { AnnounceType = AnnounceType.Replace } : entry));
            setAside.AddRange(reading.SetAside);
            // The total can be larger than what there is: an empty page is the end whatever it says.
            var count = reading.Entries.Count + reading.SetAside.Count;
            if (count == 0 || (reading.Total is { } total ? (page * PageSize) + count >= total : count < PageSize))
                break;
        }
        return new Fetched(entries, setAside, DayCursor.Text(today));
    }

    private bool Wanted(PaperEntry entry) =>
        context.Options.Categories.Count == 0 || entry.Categories.Any(category => context.Options.Categories.Any(wanted => Plain(wanted) == Plain(category)));

    private static string Plain(string category) => category.Replace('_', ' ').Trim().ToLowerInvariant();
}
