using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// Composes every issue that is due: for each subscriber the choice, the watermark, the next slot and one mail in the outbox,
/// all in one transaction. Run late, twice or by two processes at once it yields one issue per slot.
/// </summary>
internal sealed partial class ComposeIssues(Database database, SubscriberStore subscribers, IssueStore issues, OutboxStore outbox, Composer composer, BatchReading batches,
    IssuesOptions options, TimeProvider time, ILogger<ComposeIssues> log)
{
    // One commit for so many subscribers: the price of a durable commit is shared, and a crash repeats no more work than this.
    private const int PerTransaction = 100;
    private const int PerPage = 5000;

    /// <summary>Composes for everybody.</summary>
    public Task<ComposeReport> RunAsync(CancellationToken cancellationToken) => RunAsync(() => null, cancellationToken);

    /// <summary>Composes for a part of the subscribers.</summary>
    /// <param name="shards">Asked again on the way, because workers come and go; null: everybody.</param>
    public async Task<ComposeReport> RunAsync(Func<IReadOnlyList<int>?> shards, CancellationToken cancellationToken)
    {
        var report = new ComposeReport(0, 0, 0);
        var now = time.GetUtcNow();
        await TakeBackAsync(now, cancellationToken);
        BatchAccount? account = null;
        PaperWindow? window = null;
        for (var afterId = 0L; ;)
        {
            var due = await subscribers.DueAsync(now, afterId, PerPage, shards(), cancellationToken);
            if (due.Count == 0)
                break;
            afterId = due[^1].Id;
            account ??= await batches.AccountAsync(cancellationToken);
            window ??= await composer.OpenAsync(now, cancellationToken);
            var compositions = await composer.ComposeAsync(window, due, subscriber => subscriber.NextDueAt!.Value, now, account, cancellationToken);
            foreach (var chunk in compositions.Chunk(PerTransaction))
            {
                cancellationToken.ThrowIfCancellationRequested();
                report += await database.WriteSharedAsync(transaction => StoreAsync(transaction, chunk, now), cancellationToken);
            }
        }
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
        return (verdict, verdict.Ready ? await RunAsync(shards, cancellationToken) : new ComposeReport(0, 0, 0));
    }

    private Task TakeBackAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var expired = await outbox.ExpiredIssuesAsync(transaction, now.AddDays(-options.HoldOverDays));
            foreach (var chunk in expired.Chunk(PerTransaction))
                await issues.TakeBackAsync(transaction, chunk, now.AddDays(options.HoldOverDays));
        }, cancellationToken);

    private async Task<ComposeReport> StoreAsync(DbTransaction transaction, IReadOnlyList<Composition> compositions, DateTimeOffset now)
    {
        var report = new ComposeReport(0, 0, 0);
        foreach (var composition in compositions)
            report += await StoreAsync(transaction, composition, now);
        return report;
    }

    private async Task<ComposeReport> StoreAsync(DbTransaction transaction, Composition composition, DateTimeOffset now)
    {
        var (subscriber, issue, waiting, watermark) = composition;
        var next = Slot.Next(subscriber.Cadence, subscriber.Hour, subscriber.Zone, now);
        // Changed or answered meanwhile: nothing is written, the next tick composes from what holds then.
        if (!await subscribers.AdvanceAsync(transaction, subscriber, watermark, next))
            return new ComposeReport(0, 0, 0);
        if (await issues.InsertAsync(transaction, issue) is not { } id)
            return new ComposeReport(0, 0, 0);
        // What waits must live to see the next issue, a weekly one too.
        var expires = now.AddDays(options.HoldOverDays);
        await issues.HoldOverAsync(transaction, subscriber.Id, waiting, now, next is { } slot && slot.AddDays(1) > expires ? slot.AddDays(1) : expires);
        if (issue.Choices.Count == 0 && !subscriber.NothingToday)
            return new ComposeReport(0, 1, 0);
        await outbox.AddAsync(transaction, new OutboxMail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"issue/{subscriber.Id}/{issue.DueAt.ToUnixTimeSeconds()}"),
            Kind = MailKind.Issue,
            SubscriberId = subscriber.Id,
            IssueId = id,
            Recipient = subscriber.Email,
            CreatedAt = now,
            DueAt = issue.DueAt,
            // An issue that could not be sent by then is overtaken by the next one.
            ExpiresAt = next,
        });
        return new ComposeReport(1, 0, issue.Choices.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Composed {Issues} issues with {Papers} papers, {Empty} subscribers had nothing today.")]
    private partial void LogComposed(int issues, int empty, int papers);
}

/// <summary>What a run composed.</summary>
/// <param name="Composed">Issues with a mail.</param>
/// <param name="Empty">Subscribers for whom there was nothing, and no mail wanted.</param>
/// <param name="Papers">Papers chosen in all.</param>
internal sealed record ComposeReport(int Composed, int Empty, int Papers)
{
    public static ComposeReport operator +(ComposeReport a, ComposeReport b) => new(a.Composed + b.Composed, a.Empty + b.Empty, a.Papers + b.Papers);
}
