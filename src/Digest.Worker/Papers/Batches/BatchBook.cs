namespace Digest.Worker.Papers.Batches;

/// <summary>Writes down what each source announced on each day, and whether that was all.</summary>
internal sealed partial class BatchBook(BatchStore store, ArxivCalendar calendar, PapersOptions options, TimeProvider time, ILogger<BatchBook> log)
{
    /// <summary>How far back a missing day is looked for and filled.</summary>
    public const int DaysBack = 14;

    private const int DaysOfExperience = 40;

    /// <summary>Notes what a source saw. A day that was whole stays whole.</summary>
    public async Task NoteAsync(SourceOptions source, IReadOnlyList<DaySighting> sightings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var sighting in sightings)
        {
            var known = await store.FindAsync(source.Name, sighting.Day, cancellationToken);
            if (known?.State == BatchState.Whole && sighting.Entries.Count <= known.Announced)
                continue;
            await store.SaveAsync(await JudgeAsync(source, sighting, known, now, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Notes that a source could not be asked today.</summary>
    public async Task NoteFailureAsync(SourceOptions source, string failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = source.HasCalendar ? calendar.Current(now) : DateOnly.FromDateTime(now.UtcDateTime);
        var known = await store.FindAsync(source.Name, day, cancellationToken) ?? new Batch { Source = source.Name, Day = day };
        if (!BatchStates.IsSettled(known.State))
            await store.SaveAsync(known with { State = known.Announced > 0 ? BatchState.Partial : BatchState.Failed, Detail = failure, CheckedAt = now }, cancellationToken);
    }

    /// <summary>
    /// Writes down the days that should have come and did not, settles holidays, and raises one alarm for each day that is over its deadline.
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
            if (!BatchStates.IsSettled(settled.State) && now >= DeadlineOf(day))
                gaps.Add(day);
        }
        return gaps;
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
    }

    public DateTimeOffset DeadlineOf(DateOnly day) => calendar.ExpectedAt(day) + options.Deadline;

    private async Task<Batch> JudgeAsync(SourceOptions source, DaySighting sighting, Batch? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = sighting.Entries.Where(entry => entry.AnnounceType is null or AnnounceType.New).ToList();
        var old = source.HasCalendar ? await store.AnnouncedBeforeAsync([.. fresh.Select(entry => entry.Id)], sighting.Day, cancellationToken) : new HashSet<string>();
        var batch = new Batch
        {
            Source = source.Name,
            Day = sighting.Day,
            Counts = [.. sighting.Categories.Select(category => Count(category, sighting.Entries, old))],
            Announced = sighting.Entries.Count,
            HighestId = fresh.Select(entry => entry.Id).Where(id => !id.Contains('/', StringComparison.Ordinal)).Max(StringComparer.Ordinal),
            CheckedAt = now,
            AlarmedAt = known?.AlarmedAt,
        };
        var past = (await store.SinceAsync(sighting.Day.AddDays(-DaysOfExperience), cancellationToken))
            .Where(other => other.Source == source.Name && other.State == BatchState.Whole && other.Day < sighting.Day).ToList();
        var (state, detail) = source.HasCalendar
            ? BatchJudge.Judge(batch, past, sighting.Complete, calendar.MayBeHoliday(sighting.Day), now >= DeadlineOf(sighting.Day))
            : (sighting.Complete ? BatchState.Whole : BatchState.Partial, sighting.Complete ? "" : "the answer is not complete");
        return batch with { State = state, Detail = detail, SettledAt = BatchStates.IsSettled(state) ? known?.SettledAt ?? now : null };
    }

    private static CategoryCount Count(string category, IReadOnlyList<PaperEntry> entries, IReadOnlySet<string> old)
    {
        var listed = entries.Where(entry => entry.Categories.Any(its => its == category || its.StartsWith($"{category}.", StringComparison.Ordinal))).ToList();
        var fresh = listed.Where(entry => entry.AnnounceType is null or AnnounceType.New).ToList();
        return new CategoryCount(category, listed.Count, fresh.Count, fresh.Count(entry => !old.Contains(entry.Id)));
    }

    private Batch Aged(Batch batch, DateOnly current, DateTimeOffset now)
    {
        if (batch.Announced == 0 && calendar.IsHoliday(batch.Day))
            return batch with { State = BatchState.Holiday, Detail = "a holiday of the provider", SettledAt = now };
        if (now < DeadlineOf(batch.Day))
            return batch;
        if (batch.AlarmedAt is null)
        {
            LogLate(batch.Source, batch.Day, BatchStates.ToText(batch.State), batch.Detail);
            batch = batch with { AlarmedAt = now };
        }
        if (batch.Day == current || batch.State != BatchState.NotYet)
            return batch;
        return batch.Detail == BatchJudge.EmptyFeed ? batch with { State = BatchState.Holiday, Detail = BatchJudge.StayedEmpty, SettledAt = now } : batch with { State = BatchState.Failed };
    }

    [LoggerMessage(1010, LogLevel.Error, "ALARM: {Source} of {Day} is {State} after the deadline: {Detail}")]
    private partial void LogLate(string source, DateOnly day, string state, string detail);

    [LoggerMessage(1011, LogLevel.Information, "{Source} of {Day} was filled from the archive: {Papers} papers")]
    private partial void LogFilled(string source, DateOnly day, int papers);
}
