using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Retention;

/// <summary>Forgets what is older than the settings say. Run as often as one likes; the order matters: issues before the papers that they show.</summary>
internal sealed partial class Forget(RetentionOptions options, RetentionStore store, Database database, SubscriberStore subscribers, Subscriptions subscriptions, TimeProvider time, ILogger<Forget> log)
{
    public async Task<Forgotten> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var forgotten = new Forgotten(
            await store.MailsAsync(now.AddDays(-options.MailsDays), cancellationToken),
            await store.IssuesAsync(now.AddDays(-options.IssuesDays), cancellationToken),
            await store.PapersAsync(now.AddDays(-options.PapersDays), cancellationToken),
            await store.ReturnsAsync(now.AddDays(-options.ReturnsDays), cancellationToken),
            await EraseAsync(now.AddDays(-options.LeftDays), cancellationToken));
        // Requests name themselves for a day; what a worker draws holds for minutes.
        await store.AnswersAsync(now.AddDays(-1), cancellationToken);
        await store.LimitsAsync(now.AddDays(-1), cancellationToken);
        if (forgotten != new Forgotten(0, 0, 0, 0, 0))
            LogForgotten(forgotten.Mails, forgotten.Issues, forgotten.Papers, forgotten.Returns, forgotten.Readers);
        return forgotten;
    }

    private async Task<int> EraseAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var erased = 0;
        while (true)
        {
            var some = await database.WriteAsync(async transaction =>
            {
                var left = await store.LeftAsync(transaction, before);
                foreach (var id in left)
                    if (await subscribers.FindAsync(transaction, id) is { } subscriber)
                        await subscriptions.EraseAsync(transaction, subscriber);
                return left.Count;
            }, cancellationToken);
            if (some == 0)
                return erased;
            erased += some;
        }
    }

    [LoggerMessage(6101, LogLevel.Information, "Forgotten, because it was older than the settings allow: {Mails} mails, {Issues} issues, {Papers} papers, {Returns} notes of what came back, {Readers} readers who had left")]
    private partial void LogForgotten(int mails, int issues, int papers, int returns, int readers);
}

internal sealed record Forgotten(int Mails, int Issues, int Papers, int Returns, int Readers);
