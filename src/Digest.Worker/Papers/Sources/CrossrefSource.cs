using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>Crossref: works registered in the last days that answer a query, page by page with its cursor.</summary>
internal sealed class CrossrefSource(SourceContext context) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    private readonly Uri address = new(context.Options.Url ?? "https://api.crossref.org/works");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 2);
        var question = new Question(Name, address.With(("query", context.Options.Query!), ("filter", $"from-created-date:{state.From}"),
            ("rows", $"{PageSize}"), ("cursor", state.Token ?? "*")), Pause: TimeSpan.FromSeconds(1));
        var reading = await context.Fetcher.ReadAsync(question, CrossrefFormat.Read, cancellationToken);
        // Crossref gives a cursor even with its last page.
        var more = reading.Next is not null && reading.Count >= PageSize;
        return state.Bring(reading, reading.Entries, more, MostPages, reading.Next);
    }
}
