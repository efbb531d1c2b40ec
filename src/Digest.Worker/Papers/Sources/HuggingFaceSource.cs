using System.Globalization;
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

    /// <summary>After a longer silence, older days have lost their news.</summary>
    private const int MostDays = 30;

    private readonly Uri address = new(context.Options.Url ?? "https://huggingface.co/api/daily_papers");

    public string Name => context.Options.Name;

    /// <summary>The cursor is the day up to which everything was read, <c>yyyy-MM-dd</c>.</summary>
    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        var day = today.AddDays(-1);
        if (DateOnly.TryParseExact(cursor, "yyyy-MM-dd", out var read) && read < day)
            day = read > today.AddDays(-MostDays) ? read : today.AddDays(-MostDays);
        var entries = new List<PaperEntry>();
        var setAside = new List<SetAside>();
        for (; day <= today; day = day.AddDays(1))
            await ReadDayAsync(day, entries, setAside, cancellationToken);
        return new Fetched(entries, setAside, Text(today));
    }

    private async Task ReadDayAsync(DateOnly day, List<PaperEntry> entries, List<SetAside> setAside, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var question = new Question(Name, new Uri($"{address}{(address.Query.Length > 0 ? '&' : '?')}date={Text(day)}&limit={PageSize}&p={page}"));
            var (reading, _) = await context.Fetcher.ReadAsync(question, HuggingFaceFormat.Read, cancellationToken);
            var fresh = reading!.Entries.Where(entry => seen.Add(entry.Id)).ToList();
            entries.AddRange(fresh.Select(entry => entry with { Announced = day }));
            setAside.AddRange(reading.SetAside);
            // A server that does not page answers the same again.
            if (fresh.Count == 0 || reading.Entries.Count + reading.SetAside.Count < PageSize)
                return;
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
