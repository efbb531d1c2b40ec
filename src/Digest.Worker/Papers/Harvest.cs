using System.Data.Common;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers;

/// <summary>Asks every source for what is new and stores it. A source that fails stops no other one and is asked again next time.</summary>
internal sealed partial class Harvest(SourceList sources, PaperStore store, BatchBook book, RawAnswers raws, TimeProvider time, ILogger<Harvest> log)
{
    /// <summary>The most that one source may take in one run, all its pages, pauses and retries; what is left is for the next run.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>A source that always has more would never end.</summary>
    private const int MostPages = 400;

    /// <summary>Asks all sources.</summary>
    public Task<HarvestReport> RunAsync(CancellationToken cancellationToken) => RunAsync(_ => true, cancellationToken);

    /// <summary>Goes on with the sources that had more to give than fitted into their time.</summary>
    public Task<HarvestReport> GoOnAsync(HarvestReport before, CancellationToken cancellationToken) =>
        RunAsync(source => before.Sources.Any(report => report.GoesOn && report.Source.StartsWith(source.Name, StringComparison.Ordinal)), cancellationToken);

    private async Task<HarvestReport> RunAsync(Func<SourceOptions, bool> wanted, CancellationToken cancellationToken)
    {
        var reports = new List<SourceReport>();
        foreach (var (options, source) in sources.All.Where(pair => wanted(pair.Options)))
        {
            var parts = new List<DaySighting>();
            var report = await RunSourceAsync(source, parts, cancellationToken);
            var days = DaySighting.Join(parts);
            if (report is { Failure: null, GoesOn: false })
                await book.NoteAsync(options, days, cancellationToken);
            else
                await book.NoteFailureAsync(options, report.Failure ?? "not read to its end yet", days, cancellationToken);
            await store.NoteAskedAsync(options.Name, time.GetUtcNow(), cancellationToken);
            reports.Add(report);
            PaperMetrics.Harvested(report);
            if (await FillAsync(options, cancellationToken) is { } filled)
                reports.Add(filled);
        }
        raws.Forget();
        return new HarvestReport(reports);
    }

    /// <summary>Asks the archive for the days that a source missed; what it brings is as good as if it had come in time.</summary>
    private async Task<SourceReport?> FillAsync(SourceOptions options, CancellationToken cancellationToken)
    {
        var gaps = await book.SettleAsync(options, cancellationToken);
        if (gaps.Count == 0 || sources.Archive(options, gaps[0], gaps[^1]) is not { } archive)
            return null;
        var days = new List<DaySighting>();
        var report = await RunSourceAsync(archive, days, cancellationToken);
        if (report is { Failure: null, GoesOn: false })
            foreach (var gap in gaps)
                await book.NoteFilledAsync(options, gap, Announced(days, gap), cancellationToken);
        return report;
    }

    private static int Announced(IEnumerable<DaySighting> days, DateOnly day) => days.SelectMany(sighting => sighting.Entries)
        .Where(entry => entry.Announced == day && entry.IsAnnounced).DistinctBy(entry => entry.Id).Count();

    private async Task<SourceReport> RunSourceAsync(IPaperSource source, List<DaySighting> days, CancellationToken cancellationToken)
    {
        var report = new SourceReport(source.Name, 0, 0, 0, null);
        using var budget = new CancellationTokenSource(Budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            for (var page = 0; ; page++)
            {
                if (await store.NotBeforeAsync(source.Name, cancellationToken) is { } notBefore && notBefore > time.GetUtcNow())
                    throw new SourceException($"the provider asked us to stay away until {notBefore:yyyy-MM-dd HH:mm}Z");
                var cursor = await store.CursorAsync(source.Name, cancellationToken);
                var fetched = await source.FetchAsync(cursor, both.Token);
                report = await TakeAsync(source, fetched, report, cancellationToken);
                days.AddRange(fetched.Days ?? [DaySighting.Of(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), fetched.Entries, [], fetched.Complete)]);
                if (!fetched.More || fetched.Cursor == cursor || page + 1 >= MostPages)
                    break;
            }
            LogHarvested(report.Source, report.Entries, report.NewPapers, report.SetAside);
            return report;
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (days.Count == 0)
                return Failed(report, $"did not answer in full within {Budget.TotalSeconds:0} s");
            // Its pages came and were stored: that is a long answer, not a broken one.
            LogGoesOn(source.Name, report.Entries);
            return report with { GoesOn = true };
        }
        catch (Exception e) when (e is SourceException or DbException)
        {
            if (e is SourceException { NotBefore: { } wait })
                await store.StayAwayAsync(source.Name, wait, cancellationToken);
            return Failed(report, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A fault of ours in one source must not cost the readers the others.
            LogFault(e, source.Name);
            return report with { Failure = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private async Task<SourceReport> TakeAsync(IPaperSource source, Fetched fetched, SourceReport report, CancellationToken cancellationToken)
    {
        foreach (var aside in fetched.SetAside)
            LogSetAside(source.Name, aside.Where, aside.Problem);
        var added = await store.AddAsync(source.Name, fetched, time.GetUtcNow(), cancellationToken);
        return report with
        {
            Entries = report.Entries + fetched.Entries.Count,
            NewPapers = report.NewPapers + added,
            SetAside = report.SetAside + fetched.SetAside.Count,
        };
    }

    private SourceReport Failed(SourceReport report, string failure)
    {
        LogFailed(report.Source, failure);
        return report with { Failure = failure };
    }

    [LoggerMessage(1001, LogLevel.Information, "Harvested {Source}: {Entries} entries, {NewPapers} new papers, {SetAside} set aside")]
    private partial void LogHarvested(string source, int entries, int newPapers, int setAside);

    [LoggerMessage(1002, LogLevel.Warning, "Source {Source}: an entry was set aside at {Place}: {Problem}")]
    private partial void LogSetAside(string source, string place, string problem);

    [LoggerMessage(1003, LogLevel.Warning, "Source {Source} failed and will be asked again: {Failure}")]
    private partial void LogFailed(string source, string failure);

    [LoggerMessage(1004, LogLevel.Error, "Source {Source} failed in a way that we did not foresee")]
    private partial void LogFault(Exception exception, string source);

    [LoggerMessage(1005, LogLevel.Information, "Source {Source} has more to give than fits into one run: {Entries} entries so far, the next run goes on")]
    private partial void LogGoesOn(string source, int entries);
}
