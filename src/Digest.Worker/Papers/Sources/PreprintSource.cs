using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>bioRxiv and medRxiv: pages of a hundred versions; later versions are no new papers. Categories are chosen here, not by the server.</summary>
internal sealed class PreprintSource(SourceContext context, string server, Action<Stream, Reading> read) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 300;

    private readonly string root = (context.Options.Url ?? "https://api.biorxiv.org/details").TrimEnd('/');

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 2);
        // The server pages by a hundred today and by thirty on some of its lists: what it gave says where to go on.
        var start = int.TryParse(state.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var address = new Uri($"{root}/{server}/{state.From}/{state.To}/{start.ToString(CultureInfo.InvariantCulture)}/json");
        var reading = await context.Fetcher.ReadAsync(new Question(Name, address, Pause: TimeSpan.FromSeconds(1)), read, cancellationToken);
        var next = start + reading.Count;
        // The total can be larger than what there is: an empty page is the end whatever it says.
        var more = reading.Count > 0 && (reading.Total is { } total ? next < total : reading.Count >= PageSize);
        return state.Bring(reading, [.. reading.Entries.Where(Wanted).Select(Typed)], more, MostPages, next.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One row per version: a later one is no new paper.</summary>
    private static PaperEntry Typed(PaperEntry entry) => entry.Version > 1 ? entry with { AnnounceType = AnnounceType.Replace } : entry;

    private bool Wanted(PaperEntry entry) =>
        context.Options.Categories.Count == 0 || entry.Categories.Any(category => context.Options.Categories.Any(wanted => Plain(wanted) == Plain(category)));

    private static string Plain(string category) => category.Replace('_', ' ').Trim().ToLowerInvariant();
}
