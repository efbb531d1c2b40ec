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
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 3);
        var question = new Question(Name, address.With(("search", context.Options.Query!), ("filter", $"from_publication_date:{state.From},to_publication_date:{state.To}"),
            ("per-page", "100"), ("cursor", state.Token ?? "*")), Pause: TimeSpan.FromSeconds(1));
        var reading = await context.Fetcher.ReadAsync(question, OpenAlexFormat.Read, cancellationToken);
        // The last page is an empty one without a cursor.
        return state.Bring(reading, reading.Entries, reading.Next is not null && reading.Count > 0, MostPages, reading.Next);
    }
}
