using System.Globalization;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>OpenReview: the submissions of one venue (<c>Query</c> is its invitation, such as <c>TMLR/-/Submission</c>), newest first.</summary>
internal sealed class OpenReviewSource(SourceContext context) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    private readonly Uri address = new(context.Options.Url ?? "https://api2.openreview.net/notes");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 3);
        var question = new Question(Name, address.With(("invitation", context.Options.Query!), ("sort", "cdate:desc"), ("limit", $"{PageSize}"),
            ("offset", (state.Page * PageSize).ToString(CultureInfo.InvariantCulture))), Pause: TimeSpan.FromSeconds(2));
        var reading = await context.Fetcher.ReadAsync(question, OpenReviewFormat.Read, cancellationToken);
        // A note is dated by its publication, which can be older than its creation, by which the list is sorted: only a page without any fresh one ends it.
        var fresh = reading.Entries.Where(entry => entry.Published is not { } time || DateOnly.FromDateTime(time.UtcDateTime) >= state.First).ToList();
        return state.Bring(reading, fresh, fresh.Count > 0 && reading.Count >= PageSize, MostPages);
    }
}
