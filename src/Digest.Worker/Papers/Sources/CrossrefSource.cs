using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>Crossref: works registered in the last days that answer a query, page by page with its cursor.</summary>
internal sealed class CrossrefSource(SourceContext context) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 20;

    private readonly Uri address = new(context.Options.Url ?? "https://api.crossref.org/works");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DayCursor.Today(context.Time);
        var from = DayCursor.From(cursor, today, overlap: 2);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        var next = "*";
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, address.With(("query", context.Options.Query!), ("filter", $"from-created-date:{DayCursor.Text(from)}"),
                ("rows", $"{PageSize}"), ("cursor", next)), Pause: TimeSpan.FromSeconds(1));
            var reading = await context.Fetcher.ReadAsync(question, CrossrefFormat.Read, cancellationToken);
            entries.AddRange(reading.Entries);
            setAside.AddRange(reading.SetAside);
            if (reading.Next is null || reading.Entries.Count + reading.SetAside.Count < PageSize)
                break;
            next = reading.Next;
        }
        return new Fetched(entries, setAside, DayCursor.Text(today));
    }
}
