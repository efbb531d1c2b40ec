namespace Digest.Worker.Papers.Batches;

/// <summary>Answers whether the day's papers are there, and what an issue's receipt must say about them.</summary>
internal sealed class BatchReading(BatchStore batches, BatchBook book, ArxivCalendar calendar, PaperStore papers, PapersOptions options, TimeProvider time)
{
    /// <summary>
    /// Ready when every source has its current day whole (or a holiday), or when its deadline has passed: <c>Papers:Deadline</c> after its
    /// calendar's moment, or after the beginning of the day (UTC) for a source without a calendar. Where not a single source answered, an
    /// issue would be one of nothing: then the deadline counts from the first failure on.
    /// </summary>
    public async Task<BatchVerdict> VerdictAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = (await batches.SinceAsync(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-4), cancellationToken)).ToDictionary(batch => (batch.Source, batch.Day));
        var current = options.Sources.Select(source =>
        {
            var day = book.DayOf(source, now);
            return (Source: source, Batch: known.GetValueOrDefault((source.Name, day)) ?? new Batch { Source = source.Name, Day = day });
        }).ToList();
        var open = current.Where(pair => !BatchStates.IsSettled(pair.Batch.State) && !(pair.Source.HasCalendar && pair.Batch.Announced == 0 && calendar.IsHoliday(pair.Batch.Day))).ToList();
        var nothing = current.Count > 0 && current.All(pair => pair.Batch.State == BatchState.Failed);
        var waits = open.Select(pair => Until(pair.Source, pair.Batch, nothing)).Where(until => now < until).ToList();
        IReadOnlyList<BatchGap> gaps = [.. open.Select(pair => Gap(pair.Source, pair.Batch))];
        return waits.Count == 0 ? new BatchVerdict(true, null, gaps) : new BatchVerdict(false, waits.Max(), gaps);
    }

    /// <summary>
    /// For an issue that follows one of <paramref name="since"/>: how many papers arrived after <paramref name="watermark"/>, and which days
    /// are missing or partial, or became whole only after their deadline.
    /// </summary>
    public async Task<PaperReceipt> ReceiptAsync(long watermark, DateTimeOffset since, CancellationToken cancellationToken) =>
        new((int)await papers.CountNewerThanAsync(watermark, cancellationToken), await GapsAsync(since, cancellationToken));

    /// <summary>The days that an issue has to speak of when the one before was of <paramref name="since"/>.</summary>
    public async Task<IReadOnlyList<BatchGap>> GapsAsync(DateTimeOffset since, CancellationToken cancellationToken) => (await GapsAsync(cancellationToken))(since);

    /// <summary>What the receipts of many issues tell: the days are read once.</summary>
    public async Task<BatchAccount> AccountAsync(CancellationToken cancellationToken) =>
        new(await GapsAsync(cancellationToken), await WholeSinceAsync(cancellationToken));

    private async Task<DateOnly?> WholeSinceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sources = options.Sources.ToDictionary(source => source.Name);
        var days = (await batches.AllDaysAsync(cancellationToken)).Where(batch => sources.ContainsKey(batch.Source) && book.ExpectedAt(sources[batch.Source], batch.Day) <= now).ToList();
        var last = days.FindLast(batch => !BatchStates.IsSettled(batch.State) || CameLate(sources[batch.Source], batch));
        return last is not null ? last.Day.AddDays(1) : days.Count > 0 ? days[0].Day : null;
    }

    private async Task<Func<DateTimeOffset, IReadOnlyList<BatchGap>>> GapsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sources = options.Sources.ToDictionary(source => source.Name);
        var known = (await batches.SinceAsync(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2 * BatchBook.DaysBack), cancellationToken)).Where(batch => sources.ContainsKey(batch.Source)).ToList();
        var open = (await VerdictAsync(cancellationToken)).Gaps;
        var told = new Dictionary<DateTimeOffset, IReadOnlyList<BatchGap>>();
        IReadOnlyList<BatchGap> Tell(DateTimeOffset since)
        {
            var all = known.Where(batch => Tells(sources[batch.Source], batch, since, now)).Select(batch => Gap(sources[batch.Source], batch)).ToList();
            all.AddRange(open.Where(gap => !all.Any(other => (other.Source, other.Day) == (gap.Source, gap.Day))));
            return told[since] = [.. all.OrderBy(gap => gap.Day).ThenBy(gap => gap.Source, StringComparer.Ordinal)];
        }
        // Asked for each reader: what the telling needs is made where there is something to tell.
        return since => told.TryGetValue(since, out var gaps) ? gaps : Tell(since);
    }

    private DateTimeOffset Until(SourceOptions source, Batch batch, bool nothing)
    {
        var deadline = book.DeadlineOf(source, batch);
        return nothing && batch.FailedSince + options.Deadline is { } later && later > deadline ? later : deadline;
    }

    private bool Tells(SourceOptions source, Batch batch, DateTimeOffset since, DateTimeOffset now)
    {
        if (book.ExpectedAt(source, batch.Day) > now)
            return false;
        return BatchStates.IsSettled(batch.State)
            ? batch.SettledAt > since && CameLate(source, batch)
            : source.HasCalendar || book.ExpectedAt(source, batch.Day) > since.AddDays(-1);
    }

    private bool CameLate(SourceOptions source, Batch batch) =>
        batch.State == BatchState.Whole && batch.SettledAt > book.DeadlineOf(source, batch) && (source.HasCalendar || batch.FailedSince is not null);

    private static BatchGap Gap(SourceOptions source, Batch batch) => new(source.Title, batch.Day, batch.State, batch.Detail);
}
