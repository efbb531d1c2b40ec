using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>
/// arXiv over OAI-PMH: everything that changed since the last round. What changed and is not new (an edit, a new version, a late cross-list of
/// an old paper) only enriches papers that we have.
/// </summary>
/// <param name="first">The day to begin with at the first time; two days ago where it is not given.</param>
/// <param name="last">The day to end with; null = up to now, round after round.</param>
internal sealed class ArxivOaiSource(SourceContext context, DateOnly? first = null, DateOnly? last = null) : IPaperSource
{
    public static readonly Uri Home = new("https://oaipmh.arxiv.org/oai");

    /// <summary>A paper may wait that long in moderation between its submission and its announcement.</summary>
    private const int MostDaysInModeration = 21;

    private readonly Uri address = context.Options.Url is { } url ? new Uri(url) : Home;

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = OaiState.Parse(cursor) ?? new OaiState(DayCursor.Text(first ?? DayCursor.Today(context.Time).AddDays(-2)), 0, null, null);
        var category = context.Options.Categories[Math.Min(state.Category, context.Options.Categories.Count - 1)];
        Reading reading;
        try
        {
            reading = await AskAsync(category, state, cancellationToken);
        }
        catch (SourceException e) when (state.Token is not null && e.InnerException is AnswerException { Code: "badResumptionToken" })
        {
            // Tokens die every day: this category begins again, and what was stored of it is known already.
            reading = await AskAsync(category, state with { Token = null }, cancellationToken);
        }
        IReadOnlyList<PaperEntry> entries = [.. reading.Entries.Select(entry => Judge(entry, DayCursor.Parse(state.From)))];
        // A page that broke off is asked for again next time.
        return reading.CutOff
            ? new Fetched(entries, reading.SetAside, null) { Complete = false }
            : new Fetched(entries, reading.SetAside, Next(state, reading), More(state, reading));
    }

    /// <summary>Tells a new paper from an old one that changed.</summary>
    public static PaperEntry Judge(PaperEntry entry, DateOnly? from) =>
        from is { } day && entry.Published is { } submitted && DateOnly.FromDateTime(submitted.UtcDateTime) < day.AddDays(-MostDaysInModeration)
            ? entry with { AnnounceType = AnnounceType.Replace }
            : entry;

    public static Question Question(string source, Uri address, params (string Name, string Value)[] parameters) =>
        new(source, address.With([("verb", "ListRecords"), .. parameters]), Arxiv.Provider, Arxiv.Pause);

    private Task<Reading> AskAsync(string category, OaiState state, CancellationToken cancellationToken) =>
        context.Fetcher.ReadAsync(
            state.Token is { } token
                ? Question(Name, address, ("resumptionToken", token))
                : Question(Name, address, [("metadataPrefix", "arXivRaw"), ("from", state.From), .. Until(), ("set", ArxivSets.Of(category))]),
            OaiFormat.Read,
            cancellationToken);

    private (string Name, string Value)[] Until() => last is { } day ? [("until", DayCursor.Text(day))] : [];

    private bool More(OaiState state, Reading reading) => reading.Next is not null || state.Category + 1 < context.Options.Categories.Count;

    private string Next(OaiState state, Reading reading)
    {
        var began = state.Began ?? (reading.Built is { } time ? DayCursor.Text(DateOnly.FromDateTime(time.UtcDateTime)) : DayCursor.Text(DayCursor.Today(context.Time)));
        if (reading.Next is { } token)
            return new OaiState(state.From, state.Category, token, began).ToString();
        return state.Category + 1 < context.Options.Categories.Count
            ? new OaiState(state.From, state.Category + 1, null, began).ToString()
            : new OaiState(began, 0, null, null).ToString();
    }
}
