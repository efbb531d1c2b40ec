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
    private const int MostPages = 10;

    private readonly Uri address = new(context.Options.Url ?? "https://huggingface.co/api/daily_papers");

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var state = PageCursor.Open(cursor, DayCursor.Today(context.Time), overlap: 1);
        var day = state.First;
        // A round with several days to catch up moves its first day on, so that a break does not begin with the oldest again.
        var (entries, setAside) = (new List<PaperEntry>(), new List<SetAside>());
        var complete = await ReadDayAsync(day, entries, setAside, cancellationToken);
        var more = day < state.Last;
        return new Fetched(entries, setAside, more ? (state with { From = DayCursor.Text(day.AddDays(1)) }).ToText() : state.To, more) { Complete = complete, Days = [DaySighting.Of(day, entries, [], complete)] };
    }

    /// <returns>False when there was more than we ask for.</returns>
    private async Task<bool> ReadDayAsync(DateOnly day, List<PaperEntry> entries, List<SetAside> setAside, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, address.With(("date", DayCursor.Text(day)), ("limit", $"{PageSize}"), ("p", page.ToString(CultureInfo.InvariantCulture))));
            var reading = await context.Fetcher.ReadAsync(question, HuggingFaceFormat.Read, cancellationToken);
            var fresh = reading.Entries.Where(entry => seen.Add(entry.Id)).ToList();
            entries.AddRange(fresh.Select(entry => entry with { Announced = day }));
            setAside.AddRange(reading.SetAside);
            if (reading.CutOff)
                return false;
            // A server that does not page answers the same again.
            if (fresh.Count == 0 || reading.Count < PageSize)
                return true;
        }
        return false;
    }
}
