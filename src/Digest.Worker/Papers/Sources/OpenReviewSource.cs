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
        var today = DayCursor.Today(context.Time);
        var oldest = DayCursor.From(cursor, today, overlap: 3);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, address.With(("invitation", context.Options.Query!), ("sort", "cdate:desc"), ("limit", $"{PageSize}"),
                ("offset", (page * PageSize).ToString(CultureInfo.InvariantCulture))), Pause: TimeSpan.FromSeconds(2));
            var reading = await context.Fetcher.ReadAsync(question, OpenReviewFormat.Read, cancellationToken);
            var fresh = reading.Entries.Where(entry => entry.Published is not { } time || DateOnly.FromDateTime(time.UtcDateTime) >= oldest).ToList();
            entries.AddRange(fresh);
            setAside.AddRange(reading.SetAside);
            if (fresh.Count == 0 || reading.Entries.Count + reading.SetAside.Count < PageSize)
                break;
        }
        return new Fetched(entries, setAside, DayCursor.Text(today));
    }
}
