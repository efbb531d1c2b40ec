using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Stores what was composed: for each subscriber the choice, the watermark, what waits, the next slot and one mail in the outbox, or nothing of it.</summary>
internal sealed partial class StoreCompositions(Database database, SubscriberStore subscribers, IssueStore issues, OutboxStore outbox, ILogger<StoreCompositions> log)
{
    /// <summary>One commit for so many subscribers: the price of a durable commit is shared, and a crash repeats no more work than this.</summary>
    public const int AtOnce = 500;

    /// <summary>Stores them in one transaction; if that fails each in its own, so that one that cannot be stored stops nobody else's.</summary>
    /// <param name="faults">What went wrong with those that could not be stored is added.</param>
    public async Task<ComposeReport> RunAsync(IReadOnlyList<WrittenComposition> compositions, DateTimeOffset now, ConcurrentBag<Exception> faults, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteSharedAsync(transaction => StoreAsync(transaction, compositions, now), cancellationToken);
        }
        catch (DbException e) when (!IsOut(e))
        {
            return await EachAsync(compositions, now, faults, cancellationToken);
        }
    }

    private async Task<ComposeReport> EachAsync(IReadOnlyList<WrittenComposition> compositions, DateTimeOffset now, ConcurrentBag<Exception> faults, CancellationToken cancellationToken)
    {
        var report = ComposeReport.None;
        foreach (var composition in compositions)
        {
            try
            {
                report += await database.WriteSharedAsync(transaction => StoreAsync(transaction, [composition], now), cancellationToken);
            }
            catch (DbException e) when (!IsOut(e))
            {
                LogFailed(e, composition.Subscriber.Id);
                faults.Add(e);
            }
        }
        return report;
    }

    /// <summary>The database itself cannot be reached: hundreds more tries would each find the same. It may come back, and it said nothing of a row.</summary>
    private static bool IsOut(DbException e) => e is { IsTransient: true, SqlState: null };

    private async Task<ComposeReport> StoreAsync(DbTransaction transaction, IReadOnlyList<WrittenComposition> compositions, DateTimeOffset now)
    {
        // Changed or answered meanwhile: nothing is written, the next tick composes from what holds then.
        var advanced = (await subscribers.AdvanceAsync(transaction, [.. compositions.Select(composition => composition.Advance)])).ToHashSet();
        var ids = await issues.InsertAsync(transaction, [.. compositions.Select(composition => composition.Issue).Where(issue => advanced.Contains(issue.SubscriberId))]);
        var stored = compositions.Where(composition => ids.ContainsKey(composition.Subscriber.Id)).ToList();
        var mailed = stored.Where(composition => composition.IsMailed).ToList();
        await outbox.AddAsync(transaction, [.. mailed.Select(composition => Mail(composition, ids[composition.Subscriber.Id], now))]);
        return new ComposeReport(mailed.Count, stored.Count - mailed.Count, mailed.Sum(composition => composition.Issue.Papers.Count));
    }

    private static OutboxMail Mail(WrittenComposition composition, long issueId, DateTimeOffset now)
    {
        var (subscriber, issue) = (composition.Subscriber, composition.Issue);
        return new OutboxMail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"issue/{subscriber.Id}/{issue.DueAt.ToUnixTimeSeconds()}"),
            Kind = MailKind.Issue,
            SubscriberId = subscriber.Id,
            IssueId = issueId,
            Recipient = subscriber.Email,
            CreatedAt = now,
            DueAt = issue.DueAt,
            // An issue that could not be sent by then is overtaken by the next one.
            ExpiresAt = composition.Advance.NextDueAt,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The issue of subscriber {Subscriber} could not be stored; it stays due, the others go on.")]
    private partial void LogFailed(Exception fault, long subscriber);
}
