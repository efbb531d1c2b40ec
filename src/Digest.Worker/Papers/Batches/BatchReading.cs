namespace Digest.Worker.Papers.Batches;

/// <summary>Answers whether the day's papers are there, and what an issue's receipt must say about them.</summary>
internal sealed class BatchReading(BatchStore batches, BatchBook book, ArxivCalendar calendar, PaperStore papers, PapersOptions options, TimeProvider time)
{
    /// <summary>
    /// Ready when every source with a calendar has its current day whole (or a holiday), or when its deadline has passed. A source without a
    /// calendar is never waited for.
    /// </summary>
    public async Task<BatchVerdict> VerdictAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = calendar.Current(now);
        var known = (await batches.SinceAsync(day, cancellationToken)).Where(batch => batch.Day == day).ToDictionary(batch => batch.Source);
        var gaps = options.Sources.Where(source => source.HasCalendar)
            .Select(source => known.GetValueOrDefault(source.Name) ?? new Batch { Source = source.Name, Day = day })
            .Where(batch => !BatchStates.IsSettled(batch.State) && !(batch.Announced == 0 && calendar.IsHoliday(day)))
            .Select(Gap).ToList();
        var deadline = book.DeadlineOf(day);
        return gaps.Count == 0 || now >= deadline ? new BatchVerdict(true, null, gaps) : new BatchVerdict(false, deadline, gaps);
    }

    /// <summary>
    /// For an issue that follows one of <paramref name="since"/>: how many papers arrived after <paramref name="watermark"/>, and which days
    /// are missing or partial, or became whole only after their deadline.
    /// </summary>
    public async Task<PaperReceipt> ReceiptAsync(long watermark, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var from = DateOnly.FromDateTime(since.UtcDateTime).AddDays(-BatchBook.DaysBack);
        var names = options.Sources.ToDictionary(source => source.Name, source => source.HasCalendar);
        var known = (await batches.SinceAsync(from, cancellationToken)).Where(batch => names.ContainsKey(batch.Source)).ToList();
        var gaps = known.Where(batch => Tells(batch, names[batch.Source], since, now)).Select(Gap).ToList();
        gaps.AddRange((await VerdictAsync(cancellationToken)).Gaps.Where(gap => !gaps.Any(other => (other.Source, other.Day) == (gap.Source, gap.Day))));
        return new PaperReceipt((int)await papers.CountNewerThanAsync(watermark, cancellationToken), [.. gaps.OrderBy(gap => gap.Day).ThenBy(gap => gap.Source, StringComparer.Ordinal)]);
    }

    private bool Tells(Batch batch, bool hasCalendar, DateTimeOffset since, DateTimeOffset now)
    {
        var expected = hasCalendar ? calendar.ExpectedAt(batch.Day) : new DateTimeOffset(batch.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (expected > now)
            return false;
        if (!BatchStates.IsSettled(batch.State))
            return hasCalendar || expected > since.AddDays(-1);
        return hasCalendar && batch.State == BatchState.Whole && batch.SettledAt > since && batch.SettledAt > book.DeadlineOf(batch.Day);
    }

    private static BatchGap Gap(Batch batch) => new(batch.Source, batch.Day, batch.State, batch.Detail);
}
