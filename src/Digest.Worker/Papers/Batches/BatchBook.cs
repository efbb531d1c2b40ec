namespace Digest.Worker.Papers.Batches;

/// <summary>Writes down what each source announced on each day, and whether that was all.</summary>
internal sealed partial class BatchBook(BatchStore store, BatchCounting counting, BatchAlarms alarms, ArxivCalendar calendar, PapersOptions options, TimeProvider time, ILogger<BatchBook> log)
{
    /// <summary>How far back a missing day is looked for and filled.</summary>
    public const int DaysBack = 14;

    private const int DaysOfExperience = 40;

    /// <summary>Notes what a source saw. A day that was whole stays whole.</summary>
    public async Task NoteAsync(SourceOptions source, IReadOnlyList<DaySighting> sightings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var seen in sightings)
        {
            var sighting = source.Days == SourceDays.Rolling ? await counting.SinceAnnouncementAsync(seen, calendar.Current(now), cancellationToken) : seen;
            var known = await store.FindAsync(source.Name, sighting.Day, cancellationToken);
            if (known?.State == BatchState.Whole && sighting.Entries.Count <= known.Announced)
                continue;
            await store.SaveAsync(await JudgeAsync(source, sighting, known, now, cancellationToken), cancellationToken);
        }
        // The answer of a feed is one day's. Any other source begins where its last good answer ended, so it has brought what was missing.
        if (source.Days != SourceDays.Feed && sightings.All(sighting => sighting.Complete))
            await SettleEarlierAsync(source, now, cancellationToken);
        await alarms.TellAsync(source, cancellationToken);
    }

    /// <summary>Notes that a source could not be asked today, or not to its end.</summary>
    /// <param name="sightings">What it brought until then.</param>
    public async Task NoteFailureAsync(SourceOptions source, string failure, IReadOnlyList<DaySighting> sightings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = DayOf(source, now);
        var known = await store.FindAsync(source.Name, day, cancellationToken) ?? new Batch { Source = source.Name, Day = day };
        if (!BatchStates.IsSettled(known.State))
        {
            var brought = Math.Max(known.Announced, sightings.SelectMany(sighting => sighting.Entries).DistinctBy(entry => entry.Id).Count());
            await store.SaveAsync(known with
            {
                State = brought > 0 ? BatchState.Partial : BatchState.Failed,
                Announced = brought,
                Detail = failure,
                CheckedAt = now,
                FailedSince = known.FailedSince ?? await FailingSinceAsync(source, day, cancellationToken) ?? now,
            }, cancellationToken);
        }
        await alarms.TellAsync(source, cancellationToken);
    }

    /// <summary>
    /// Writes down the days of a feed that should have come and did not, settles holidays, and raises an alarm while one is over its deadline.
    /// </summary>
    /// <returns>The days over their deadline that want to be filled from elsewhere.</returns>
    public async Task<IReadOnlyList<DateOnly>> SettleAsync(SourceOptions source, CancellationToken cancellationToken)
    {
        if (!source.HasCalendar)
            return [];
        var now = time.GetUtcNow();
        var current = calendar.Current(now);
        var known = (await store.SinceAsync(current.AddDays(-DaysBack), cancellationToken)).Where(batch => batch.Source == source.Name).ToDictionary(batch => batch.Day);
        var gaps = new List<DateOnly>();
        foreach (var day in calendar.Days(known.Count > 0 ? known.Keys.Min() : current, current))
        {
            var batch = known.GetValueOrDefault(day) ?? new Batch { Source = source.Name, Day = day, Detail = "nothing was announced for that day" };
            if (BatchStates.IsSettled(batch.State))
                continue;
            var settled = Aged(batch, current, now);
            if (settled != batch || !known.ContainsKey(day))
                await store.SaveAsync(settled with { CheckedAt = now }, cancellationToken);
            if (!BatchStates.IsSettled(settled.State) && now >= DeadlineOf(source, settled))
                gaps.Add(day);
        }
        await alarms.TellAsync(source, cancellationToken);
        return source.Days == SourceDays.Feed ? gaps : [];
    }

    /// <summary>Notes that a day was filled from elsewhere.</summary>
    public async Task NoteFilledAsync(SourceOptions source, DateOnly day, int papers, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(source.Name, day, cancellationToken) is not { } batch || BatchStates.IsSettled(batch.State))
            return;
        var nothing = papers == 0 && batch.Announced == 0;
        // A late batch is not in the archive either: only when the day is over, or its feed came empty, nothing means a holiday.
        if (nothing && day == calendar.Current(now) && batch.Detail != BatchJudge.EmptyFeed)
            return;
        await store.SaveAsync(batch with
        {
            State = nothing ? BatchState.Holiday : BatchState.Whole,
            Announced = Math.Max(batch.Announced, papers),
            Detail = nothing ? "the archive has nothing of that day" : "filled from the archive",
            CheckedAt = now,
            SettledAt = now,
        }, cancellationToken);
        LogFilled(source.Name, day, papers);
        await alarms.TellAsync(source, cancellationToken);
    }

    /// <summary>The day that a source should be able to tell of now.</summary>
    public DateOnly DayOf(SourceOptions source, DateTimeOffset now) => source.HasCalendar ? calendar.Current(now) : DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>When that day of the source can be there: its calendar's moment, or the beginning of the day.</summary>
    public DateTimeOffset ExpectedAt(SourceOptions source, DateOnly day) =>
        source.HasCalendar ? calendar.ExpectedAt(day) : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Until when issues wait for it.</summary>
    public DateTimeOffset DeadlineOf(SourceOptions source, Batch batch) => ExpectedAt(source, batch.Day) + options.Deadline;

    private async Task<Batch> JudgeAsync(SourceOptions source, DaySighting sighting, Batch? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var batch = await counting.CountAsync(source, sighting, cancellationToken) with { CheckedAt = now };
        var past = (await store.SinceAsync(sighting.Day.AddDays(-DaysOfExperience), cancellationToken))
            .Where(other => other.Source == source.Name && other.State == BatchState.Whole && other.Day < sighting.Day).ToList();
        var (state, detail) = source.HasCalendar
            ? BatchJudge.Judge(batch, past, sighting.Complete, calendar.MayBeHoliday(sighting.Day), now >= DeadlineOf(source, batch))
            : (sighting.Complete ? BatchState.Whole : BatchState.Partial, sighting.Complete ? "" : BatchJudge.NotComplete);
        return batch with
        {
            State = state,
            Detail = detail,
            SettledAt = BatchStates.IsSettled(state) ? known?.SettledAt ?? now : null,
            FailedSince = sighting.Complete ? null : known?.FailedSince ?? now,
        };
    }

    /// <summary>A source that failed yesterday and still does has been waited for already.</summary>
    private async Task<DateTimeOffset?> FailingSinceAsync(SourceOptions source, DateOnly day, CancellationToken cancellationToken) =>
        (await store.SinceAsync(day.AddDays(-4), cancellationToken)).Where(batch => batch.Source == source.Name && batch.Day < day).MaxBy(batch => batch.Day)
            is { } before && !BatchStates.IsSettled(before.State) ? before.FailedSince : null;

    private async Task SettleEarlierAsync(SourceOptions source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = DayOf(source, now);
        foreach (var batch in await store.SinceAsync(day.AddDays(-DaysBack), cancellationToken))
            if (batch.Source == source.Name && batch.Day < day && batch.State is BatchState.Failed or BatchState.Partial)
                await store.SaveAsync(batch with { State = BatchState.Whole, Detail = "came with a later answer", CheckedAt = now, SettledAt = now }, cancellationToken);
    }

    private Batch Aged(Batch batch, DateOnly current, DateTimeOffset now)
    {
        if (batch.Announced == 0 && calendar.IsHoliday(batch.Day))
            return batch with { State = BatchState.Holiday, Detail = "a holiday of the provider", SettledAt = now };
        if (now < calendar.ExpectedAt(batch.Day) + options.Deadline || batch.Day == current || batch.State != BatchState.NotYet)
            return batch;
        return batch.Detail == BatchJudge.EmptyFeed ? batch with { State = BatchState.Holiday, Detail = BatchJudge.StayedEmpty, SettledAt = now } : batch with { State = BatchState.Failed };
    }

    [LoggerMessage(1011, LogLevel.Information, "{Source} of {Day} was filled from the archive: {Papers} papers")]
    private partial void LogFilled(string source, DateOnly day, int papers);
}
