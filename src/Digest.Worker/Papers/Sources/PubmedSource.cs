using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>PubMed's E-utilities: a search gives ids, a second question their articles. Three requests a second are allowed; we take one.</summary>
internal sealed class PubmedSource(SourceContext context) : IPaperSource
{
    private const int AtOnce = 200;
    private const int MostPages = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string root = (context.Options.Url ?? "https://eutils.ncbi.nlm.nih.gov/entrez/eutils").TrimEnd('/');

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 1);
        var (ids, found) = await SearchAsync(state, cancellationToken);
        if (ids.Count == 0)
            return state.Bring(new Reading(), [], more: false, MostPages);
        var address = new Uri($"{root}/efetch.fcgi").With(("db", "pubmed"), ("retmode", "xml"), ("id", string.Join(',', ids)));
        var reading = await context.Fetcher.ReadAsync(new Question(Name, address, Pause: Pause), PubmedFormat.Read, cancellationToken);
        return state.Bring(reading, reading.Entries, more: (state.Page + 1) * AtOnce < found, MostPages);
    }

    /// <summary>The ids of one page, and how many there are in all.</summary>
    private async Task<(List<string> Ids, int Found)> SearchAsync(PageCursor state, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var address = new Uri($"{root}/esearch.fcgi").With(("db", "pubmed"), ("term", context.Options.Query!), ("datetype", "edat"), ("mindate", Slashed(state.First)), ("maxdate", Slashed(state.Last)),
            ("retstart", (state.Page * AtOnce).ToString(CultureInfo.InvariantCulture)), ("retmax", AtOnce.ToString(CultureInfo.InvariantCulture)), ("retmode", "json"));
        var reading = await context.Fetcher.ReadAsync(new Question(Name, address, Pause: Pause), (answer, page) => Ids(answer, page, ids), cancellationToken);
        return (ids, reading.Total ?? 0);
    }

    private static void Ids(Stream answer, Reading reading, List<string> ids) =>
        JsonRecords.Read(answer, reading, ["esearchresult"], result =>
        {
            if (result.Text("ERROR") is { } error)
                throw new AnswerException($"PubMed answered: {error}");
            reading.Total = result.Number("count");
            ids.AddRange(result.Words("idlist").Where(id => id.All(char.IsAsciiDigit)));
        }, single: true);

    private static string Slashed(DateOnly day) => day.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
}
