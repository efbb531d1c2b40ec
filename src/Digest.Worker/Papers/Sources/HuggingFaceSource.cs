using System.Globalization;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>
/// Hugging Face Daily Papers: yesterday and today again and again, because votes grow all day, and every day since the last good run.
/// </summary>
internal sealed class HuggingFaceSource(SourceContext context) : IPaperSource
{
    private const int PageSize = 100;
    private const int MostPages = 20;

    private readonly Uri address = new(context.Options.Url ?? "https://huggingface.co/api/daily_papers");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DayCursor.Today(context.Time);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        var days = new List<DaySighting>();
        for (var day = DayCursor.From(cursor, today, overlap: 1); day <= today; day = day.AddDays(1))
        {
            var before = entries.Count;
            await ReadDayAsync(day, entries, setAside, cancellationToken);
            days.Add(new DaySighting(day, entries[before..], []));
        }
        return new Fetched(entries, setAside, DayCursor.Text(today)) { Days = days };
    }

    private async Task ReadDayAsync(DateOnly day, List<PaperEntry> entries, List<SetAside> setAside, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, address.With(("date", DayCursor.Text(day)), ("limit", $"{PageSize}"), ("p", page.ToString(CultureInfo.InvariantCulture))));
            var reading = await context.Fetcher.ReadAsync(question, HuggingFaceFormat.Read, cancellationToken);
            var fresh = reading.Entries.Where(entry => seen.Add(entry.Id)).ToList();
            entries.AddRange(fresh.Select(entry => entry with { Announced = day }));
            setAside.AddRange(reading.SetAside);
            // A server that does not page answers the same again.
            if (fresh.Count == 0 || reading.Entries.Count + reading.SetAside.Count < PageSize)
                return;
        }
    }
}
