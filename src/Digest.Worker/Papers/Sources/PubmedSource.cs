using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>PubMed's E-utilities: a search gives ids, a second question their articles. Three requests a second are allowed; we take one.</summary>
internal sealed class PubmedSource(SourceContext context) : IPaperSource
{
    private const int AtOnce = 200;
    private const int MostIds = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string root = (context.Options.Url ?? "https://eutils.ncbi.nlm.nih.gov/entrez/eutils").TrimEnd('/');

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DayCursor.Today(context.Time);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        foreach (var ids in (await SearchAsync(DayCursor.From(cursor, today, overlap: 1), today, cancellationToken)).Chunk(AtOnce))
        {
            var address = new Uri($"{root}/efetch.fcgi").With(("db", "pubmed"), ("retmode", "xml"), ("id", string.Join(',', ids)));
            var reading = await context.Fetcher.ReadAsync(new Question(Name, address, Pause: Pause), PubmedFormat.Read, cancellationToken);
            entries.AddRange(reading.Entries);
            setAside.AddRange(reading.SetAside);
        }
        return new Fetched(entries, setAside, DayCursor.Text(today));
    }

    private async Task<IReadOnlyList<string>> SearchAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var address = new Uri($"{root}/esearch.fcgi").With(("db", "pubmed"), ("term", context.Options.Query!), ("datetype", "edat"), ("mindate", Slashed(from)), ("maxdate", Slashed(to)),
            ("retmax", MostIds.ToString(CultureInfo.InvariantCulture)), ("retmode", "json"));
        await context.Fetcher.ReadAsync(new Question(Name, address, Pause: Pause), answer => Ids(answer, ids), cancellationToken);
        return ids;
    }

    private static Reading Ids(Stream answer, List<string> ids)
    {
        var reading = new Reading();
        JsonRecords.Read(answer, reading, ["esearchresult"], result =>
        {
            if (result.Text("ERROR") is { } error)
                throw new AnswerException($"PubMed answered: {error}");
            ids.AddRange(result.Words("idlist").Where(id => id.All(char.IsAsciiDigit)));
        }, single: true);
        return reading;
    }

    private static string Slashed(DateOnly day) => day.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
}
