using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// What interests would have brought in the last days, by the same look back as <c>explain-profile</c>. It reads thousands of papers: one
/// runs at a time, and what was asked lately is kept for some minutes. Where many wait already that is said.
/// </summary>
internal sealed class ProfilePreview(BackTests tests, ListedPapers lists, TimeProvider time) : IDisposable
{
    /// <summary>Days of the calendar that are looked at.</summary>
    public const int Days = 7;

    /// <summary>About two weeks of arXiv: of more papers a share is read.</summary>
    internal const int MostPapers = 15_000;

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

    /// <summary>It could not be counted.</summary>
    public static PreviewModel NotNow { get; } = new() { Days = 0, PerDay = 0, Busy = true };

    /// <param name="interests">One a line; what is more than a profile may have is left out.</param>
    /// <param name="language">In which it is told what could not be taken as written.</param>
    public async Task<PreviewModel> OfAsync(string interests, string language)
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
        var profile = Profile.Parse(text);
        var model = !preview.IsValueCreated && Volatile.Read(ref waiting) > MostWaiting ? NotNow : await preview.Value;
        // Who asks again wants it counted.
        if (model.Busy)
            lock (gate)
                known.Remove(text);
        return model with { Problems = [.. profile.Problems.Select(problem => problem.In(language))] };
    }

    /// <summary>A look back over the last days.</summary>
    public async Task<LookBack> LookBackAsync(Profile profile, int days)
    {
        if (Interlocked.Increment(ref waiting) > 2 * MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return new LookBack(null, true);
        }
        await atOnce.WaitAsync();
        try
        {
            // Matching works without waiting for anything: not on the thread that answers.
            return new LookBack(await Task.Run(async () => await tests.RunAsync([profile], lists.Today, days, votes: true, MostPapers, CancellationToken.None) is [var test] ? test : null), false);
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
        var day = await lists.NewestDayAsync(CancellationToken.None);
        if (profile.IsEmpty)
            return new PreviewModel
            {
                Days = 0,
                PerDay = 0,
                Trending = true,
                Day = day,
                Best = [.. (await lists.PageAsync(new ListAddress(new Period(PeriodKind.Day, day), null, false, 1), CancellationToken.None)).Take(Best).Select(ListedPapers.Show)],
            };
        var (week, busy) = await LookBackAsync(profile, Days);
        if (week is null)
            return new PreviewModel { Days = 0, PerDay = 0, Busy = busy };
        var report = week.Report(0);
        var newest = (await LookBackAsync(profile, 1)).Test;
        var wide = report.TooWide.ToHashSet();
        return new PreviewModel
        {
            Days = report.Days.Count,
            PerDay = report.PerDay,
            Day = day,
            Best = [.. newest?.Report(Best).Best.Select(ListedPapers.Show) ?? []],
            Lines = [.. report.Lines.Take(MostLines).Select(line => new PreviewLine(line.Interest.Text, line.Papers, Fault(line, wide), line.Words))],
            Companions = [.. report.Suggestions.Select(one => one.Text)],
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

/// <param name="Test">Null where no papers are stored, and where it was not made.</param>
/// <param name="Busy">It was not made, because many wait already.</param>
internal sealed record LookBack(BackTest? Test, bool Busy);
