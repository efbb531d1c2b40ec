using System.Data.Common;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers;

/// <summary>Asks every source for what is new and stores it. A source that fails stops no other one and is asked again next time.</summary>
internal sealed partial class Harvest(SourceList sources, PaperStore store, BatchBook book, RawAnswers raws, TimeProvider time, ILogger<Harvest> log)
{
    /// <summary>The most that one page of one source may take, retries and all.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>A source that always has more would never end.</summary>
    private const int MostPages = 400;

    public async Task<HarvestReport> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new List<SourceReport>();
        foreach (var (options, source) in sources.All)
        {
            var days = new List<DaySighting>();
            var report = await RunSourceAsync(source, days, cancellationToken);
            if (report.Failure is null)
                await book.NoteAsync(options, days, cancellationToken);
            else
                await book.NoteFailureAsync(options, report.Failure, cancellationToken);
            reports.Add(report);
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
        if (report.Failure is null)
            foreach (var gap in gaps)
                await book.NoteFilledAsync(options, gap, Announced(days, gap), cancellationToken);
        return report;
    }

    private static int Announced(IEnumerable<DaySighting> days, DateOnly day) => days.SelectMany(sighting => sighting.Entries)
        .Where(entry => entry.Announced == day && (entry.AnnounceType is null or AnnounceType.New or AnnounceType.Cross)).DistinctBy(entry => entry.Id).Count();

    private async Task<SourceReport> RunSourceAsync(IPaperSource source, List<DaySighting> days, CancellationToken cancellationToken)
    {
        var report = new SourceReport(source.Name, 0, 0, 0, null);
        try
        {
            for (var page = 0; page < MostPages; page++)
            {
                if (await store.NotBeforeAsync(source.Name, cancellationToken) is { } notBefore && notBefore > time.GetUtcNow())
                    throw new SourceException($"the provider asked us to stay away until {notBefore:yyyy-MM-dd HH:mm}Z");
                var cursor = await store.CursorAsync(source.Name, cancellationToken);
                var fetched = await FetchAsync(source, cursor, cancellationToken);
                foreach (var aside in fetched.SetAside)
                    LogSetAside(source.Name, aside.Where, aside.Problem);
                var added = await store.AddAsync(source.Name, fetched, time.GetUtcNow(), cancellationToken);
                days.AddRange(fetched.Days ?? [new DaySighting(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), fetched.Entries, [])]);
                report = report with
                {
                    Entries = report.Entries + fetched.Entries.Count,
                    NewPapers = report.NewPapers + added,
                    SetAside = report.SetAside + fetched.SetAside.Count,
                };
                if (!fetched.More || fetched.Cursor == cursor)
                    break;
            }
            LogHarvested(report.Source, report.Entries, report.NewPapers, report.SetAside);
            return report;
        }
        catch (Exception e) when (e is SourceException or DbException)
        {
            LogFailed(source.Name, e.Message);
            if (e is SourceException { NotBefore: { } wait })
                await store.StayAwayAsync(source.Name, wait, cancellationToken);
            return report with { Failure = e.Message };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A fault of ours in one source must not cost the readers the others.
            LogFault(e, source.Name);
            return report with { Failure = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private async Task<Fetched> FetchAsync(IPaperSource source, string? cursor, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            return await source.FetchAsync(cursor, both.Token);
        }
        catch (OperationCanceledException e) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SourceException($"did not answer in full within {Budget.TotalSeconds:0} s", e);
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Harvested {Source}: {Entries} entries, {NewPapers} new papers, {SetAside} set aside")]
    private partial void LogHarvested(string source, int entries, int newPapers, int setAside);

    [LoggerMessage(1002, LogLevel.Warning, "Source {Source}: an entry was set aside at {Place}: {Problem}")]
    private partial void LogSetAside(string source, string place, string problem);

    [LoggerMessage(1003, LogLevel.Warning, "Source {Source} failed and will be asked again: {Failure}")]
    private partial void LogFailed(string source, string failure);

    [LoggerMessage(1004, LogLevel.Error, "Source {Source} failed in a way that we did not foresee")]
    private partial void LogFault(Exception exception, string source);
}
