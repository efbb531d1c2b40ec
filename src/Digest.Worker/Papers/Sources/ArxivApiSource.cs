using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>
/// arXiv's query API, newest submission first. A paper can be announced days after it was submitted, so the last week is read again.
/// </summary>
internal sealed class ArxivApiSource(SourceContext context) : IPaperSource
{
    /// <summary>The API allows slices of 2,000; smaller ones fail less.</summary>
    private const int PageSize = 500;
    private const int MostResults = 30_000;
    private const int Overlap = 7;

    private readonly Uri address = new(context.Options.Url ?? "https://export.arxiv.org/api/query");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), Overlap);
        var start = state.Page * PageSize;
        var reading = await PageAsync(start, cancellationToken);
        var last = reading.Entries.Count > 0 ? reading.Entries[^1].Published : null;
        var more = reading.Count > 0 && start + PageSize < (reading.Total ?? int.MaxValue) && !(last is { } time && DateOnly.FromDateTime(time.UtcDateTime) < state.First);
        return state.Bring(reading, [.. reading.Entries.Where(entry => entry.Published is not { } submitted || DateOnly.FromDateTime(submitted.UtcDateTime) >= state.First)], more, MostResults / PageSize);
    }

    private async Task<Reading> PageAsync(int start, CancellationToken cancellationToken)
    {
        var search = string.Join(" OR ", context.Options.Categories.Select(category => $"cat:{category}"));
        var question = new Question(
            Name,
            address.With(("search_query", search), ("sortBy", "submittedDate"), ("sortOrder", "descending"),
                ("start", start.ToString(CultureInfo.InvariantCulture)), ("max_results", PageSize.ToString(CultureInfo.InvariantCulture))),
            Arxiv.Provider,
            Arxiv.Pause);
        for (var attempt = 1; ; attempt++)
        {
            var reading = await context.Fetcher.ReadAsync(question, ArxivApiFormat.Read, cancellationToken);
            // On bad days the API answers with empty pages in the middle, or with no results at all: that is no end.
            var empty = reading.Entries.Count == 0 && (start == 0 || reading.Total > start);
            if (!empty)
                return reading;
            if (attempt == 3)
                throw new SourceException($"{address.GetLeftPart(UriPartial.Path)}: an empty page at {start} of {reading.Total ?? 0}");
        }
    }
}
