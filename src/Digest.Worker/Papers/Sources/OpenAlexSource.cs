using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>OpenAlex: works of the last days that answer a search, page by page with its cursor.</summary>
internal sealed class OpenAlexSource(SourceContext context) : IPaperSource
{
    private const int MostPages = 50;

    private readonly Uri address = new(context.Options.Url ?? "https://api.openalex.org/works");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DayCursor.Today(context.Time);
        var from = DayCursor.From(cursor, today, overlap: 3);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        var next = "*";
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, address.With(("search", context.Options.Query!), ("filter", $"from_publication_date:{DayCursor.Text(from)},to_publication_date:{DayCursor.Text(today)}"),
                ("per-page", "100"), ("cursor", next)), Pause: TimeSpan.FromSeconds(1));
            var reading = await context.Fetcher.ReadAsync(question, OpenAlexFormat.Read, cancellationToken);
            entries.AddRange(reading.Entries);
            setAside.AddRange(reading.SetAside);
            if (reading.Next is null || reading.Entries.Count == 0)
                break;
            next = reading.Next;
        }
        return new Fetched(entries, setAside, DayCursor.Text(today));
    }
}
