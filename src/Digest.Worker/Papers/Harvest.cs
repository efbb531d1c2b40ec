using System.Data.Common;

namespace Digest.Worker.Papers;

/// <summary>Asks every source for what is new and stores it. A source that fails stops no other one and is asked again next time.</summary>
internal sealed partial class Harvest(IEnumerable<IPaperSource> sources, PaperStore store, TimeProvider time, ILogger<Harvest> log)
{
    /// <summary>The most that one page of one source may take, retries and all.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>A source that always has more would never end.</summary>
    private const int MostPages = 400;

    public async Task<HarvestReport> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new List<SourceReport>();
        foreach (var source in sources)
            reports.Add(await RunSourceAsync(source, cancellationToken));
        return new HarvestReport(reports);
    }

    private async Task<SourceReport> RunSourceAsync(IPaperSource source, CancellationToken cancellationToken)
    {
        var report = new SourceReport(source.Name, 0, 0, 0, null);
        try
        {
            for (var page = 0; page < MostPages; page++)
            {
                var cursor = await store.CursorAsync(source.Name, cancellationToken);
                var fetched = await FetchAsync(source, cursor, cancellationToken);
                foreach (var aside in fetched.SetAside)
                    LogSetAside(source.Name, aside.Where, aside.Problem);
                var added = await store.AddAsync(source.Name, fetched, time.GetUtcNow(), cancellationToken);
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
