using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Digest.Worker.Matching;
using Digest.Worker.Outbox;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// Composes every issue that is due: for each subscriber the choice, the watermark, the next slot and one mail in the outbox,
/// all in one transaction. Run late, twice or by two processes at once it yields one issue per slot. One whose issue cannot be composed stops nobody else's.
/// </summary>
internal sealed partial class ComposeIssues(Database database, SubscriberStore subscribers, IssueStore issues, OutboxStore outbox, Composer composer, StoreCompositions store,
    BatchReading batches, IssuesOptions options, TimeProvider time, ILogger<ComposeIssues> log)
{
    /// <summary>More lines than these are not kept for the next run: memory that lies idle for a day.</summary>
    private const int MostKeptLines = 300_000;

    /// <summary>Profiles change seldom: what they ask for need not be parsed every day.</summary>
    private KnownLines? kept;

    /// <summary>Composes for everybody.</summary>
    public Task<ComposeReport> RunAsync(CancellationToken cancellationToken) => RunAsync(() => null, cancellationToken);

    /// <summary>Composes for a part of the subscribers.</summary>
    /// <param name="shards">Asked again on the way, because workers come and go; null: everybody.</param>
    public async Task<ComposeReport> RunAsync(Func<IReadOnlyList<int>?> shards, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await TakeBackAsync(now, cancellationToken);
        var report = await RunAsync(now, shards, cancellationToken);
        IssueMetrics.Composed(report);
        if (report.Composed + report.Empty > 0)
            LogComposed(report.Composed, report.Empty, report.Papers);
        return report;
    }

    /// <summary>
    /// Composes if the day's papers are all there, or <c>Papers:Deadline</c> has passed since they should have been; else nothing is done, and every
    /// slot stays due.
    /// </summary>
    public Task<(BatchVerdict Verdict, ComposeReport Report)> WhenReadyAsync(CancellationToken cancellationToken) => WhenReadyAsync(() => null, cancellationToken);

    /// <summary>The same for a part of the subscribers.</summary>
    public async Task<(BatchVerdict Verdict, ComposeReport Report)> WhenReadyAsync(Func<IReadOnlyList<int>?> shards, CancellationToken cancellationToken)
    {
        var verdict = await batches.VerdictAsync(cancellationToken);
        return (verdict, verdict.Ready ? await RunAsync(shards, cancellationToken) : ComposeReport.None);
    }

    private Task TakeBackAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var expired = await outbox.ExpiredIssuesAsync(transaction, now.AddDays(-options.HoldOverDays));
            foreach (var chunk in expired.Chunk(StoreCompositions.AtOnce))
                await issues.TakeBackAsync(transaction, chunk, now, now.AddDays(options.HoldOverDays));
        }, cancellationToken);

    private async Task<ComposeReport> RunAsync(DateTimeOffset now, Func<IReadOnlyList<int>?> shards, CancellationToken cancellationToken)
    {
        ComposeReport report;
        var faults = new ConcurrentBag<Exception>();
        using var writer = new CompositionWriter(options, now);
        var line = new StoringLine(async group =>
        {
            var ended = Each(group.Compositions, composition => composition.Subscriber.Id, composition => CompositionWriter.End(composition, group.Texts), faults);
            var stored = await store.RunAsync(ended, now, faults, cancellationToken);
            writer.GiveBack(group.Texts);
            return stored;
        });
        var run = new ComposingRun(composer, subscribers, batches, now, shards, async (all, page) =>
        {
            foreach (var chunk in all.Chunk(StoreCompositions.AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var texts = writer.Take();
                await line.AddAsync(new WrittenGroup(Each(chunk, subscriber => subscriber.Id, subscriber => writer.Begin(page.Compose(subscriber), texts), faults), texts), cancellationToken);
            }
        });
        try
        {
            await run.RunAsync(() => Interlocked.Exchange(ref kept, null), cancellationToken);
        }
        finally
        {
            report = await line.EndAsync();
        }
        if (run.SharedLines is { Count: <= MostKeptLines } lines)
            kept = lines;
        // Where it is nobody's alone, all fail and the run does.
        if (report == ComposeReport.None && faults.TryPeek(out var fault))
            ExceptionDispatchInfo.Throw(fault);
        return report;
    }

    private List<WrittenComposition> Each<T>(IReadOnlyCollection<T> all, Func<T, long> subscriber, Func<T, WrittenComposition> write, ConcurrentBag<Exception> faults)
    {
        var written = new List<WrittenComposition>(all.Count);
        foreach (var one in all)
        {
            try
            {
                written.Add(write(one));
            }
            catch (Exception e)
            {
                // Their slot stays due, and the next tick tries again.
                LogFailed(e, subscriber(one));
                faults.Add(e);
            }
        }
        return written;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Composed {Issues} issues with {Papers} papers, {Empty} subscribers had nothing today.")]
    private partial void LogComposed(int issues, int empty, int papers);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issue of subscriber {Subscriber} could not be composed; it stays due, the others go on.")]
    private partial void LogFailed(Exception fault, long subscriber);
}

/// <summary>What a run composed.</summary>
/// <param name="Composed">Issues with a mail.</param>
/// <param name="Empty">Subscribers for whom there was nothing, and no mail wanted.</param>
/// <param name="Papers">Papers chosen in all.</param>
internal sealed record ComposeReport(int Composed, int Empty, int Papers)
{
    public static readonly ComposeReport None = new(0, 0, 0);

    public static ComposeReport operator +(ComposeReport a, ComposeReport b) => new(a.Composed + b.Composed, a.Empty + b.Empty, a.Papers + b.Papers);
}
