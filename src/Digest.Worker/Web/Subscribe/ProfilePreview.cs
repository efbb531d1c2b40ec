using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// What interests would have brought in the last days, by the same look back as <c>explain-profile</c>. It reads thousands of papers: one
/// runs at a time, and what was asked lately is kept for some minutes. Where many wait already nothing is shown.
/// </summary>
internal sealed class ProfilePreview(BackTests tests, ListedPapers lists, TimeProvider time) : IDisposable
{
    /// <summary>Days of the calendar that are looked at.</summary>
    public const int Days = 7;

    private const int Best = 5;
    private const int MostLines = 40;
    private const int MostKept = 100;
    private const int MostWaiting = 10;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim atOnce = new(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lazy<Task<PreviewModel>>> known = new(StringComparer.Ordinal);
    private int waiting;
    private long begun = time.GetTimestamp();

    /// <param name="interests">One a line; what is more than a profile may have is left out.</param>
    /// <returns>Null where many wait already.</returns>
    public async Task<PreviewModel?> OfAsync(string interests)
    {
        var lines = interests.Split('\n').Take(Profile.MostInterests).Where(line => line.Length <= Profile.LongestLine);
        var text = string.Join('\n', lines.Select(line => line.TrimEnd()));
        Lazy<Task<PreviewModel>> preview;
        lock (gate)
        {
            if (time.GetElapsedTime(begun) > Fresh || known.Count >= MostKept)
            {
                known.Clear();
                begun = time.GetTimestamp();
            }
            if (!known.TryGetValue(text, out preview!) || preview is { IsValueCreated: true, Value.IsFaulted: true })
                known[text] = preview = new(() => LookAsync(Profile.Parse(text)));
        }
        if (!preview.IsValueCreated && Volatile.Read(ref waiting) > MostWaiting)
            return null;
        return await preview.Value;
    }

    /// <summary>A look back over the last days; null where there are no papers, or many wait already.</summary>
    public async Task<BackTest?> LookBackAsync(Profile profile, int days)
    {
        if (Interlocked.Increment(ref waiting) > 2 * MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }
        await atOnce.WaitAsync();
        try
        {
            // Matching works without waiting for anything: not on the thread that answers.
            return await Task.Run(async () => await tests.RunAsync([profile], lists.Today, days, votes: true, CancellationToken.None) is [var test] ? test : null);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            atOnce.Release();
        }
    }

    public void Dispose() => atOnce.Dispose();

    private async Task<PreviewModel> LookAsync(Profile profile)
    {
        IReadOnlyList<string> problems = [.. profile.Problems.Select(problem => problem.Text)];
        var day = await lists.NewestDayAsync(CancellationToken.None);
        if (profile.IsEmpty)
            return new PreviewModel
            {
                Days = 0,
                PerDay = 0,
                Trending = true,
                Day = day,
                Problems = problems,
                Best = [.. (await lists.PageAsync(new ListAddress(new Period(PeriodKind.Day, day), null, false, 1), CancellationToken.None)).Take(Best).Select(ListedPapers.Show)],
            };
        if (await LookBackAsync(profile, Days) is not { } week)
            return new PreviewModel { Days = 0, PerDay = 0, Problems = problems };
        var report = week.Report(0);
        var newest = await LookBackAsync(profile, 1);
        var wide = report.TooWide.ToHashSet();
        return new PreviewModel
        {
            Days = report.Days.Count,
            PerDay = report.PerDay,
            Day = day,
            Best = [.. newest?.Report(Best).Best.Select(ListedPapers.Show) ?? []],
            Lines = [.. report.Lines.Take(MostLines).Select(line => new PreviewLine(line.Interest.Text, line.Papers, Fault(line, wide), line.Words))],
            Companions = [.. report.Suggestions.Select(one => one.Text)],
            Problems = problems,
        };
    }

    private static PreviewFault Fault(BackTestLine line, HashSet<BackTestLine> wide) => line switch
    {
        { Interest.Excludes: true } => PreviewFault.Excludes,
        { Papers: 0 } => PreviewFault.Silent,
        _ when wide.Contains(line) => PreviewFault.Wide,
        _ => PreviewFault.None,
    };
}
