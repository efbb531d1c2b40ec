using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Retention;

/// <summary>
/// After a restore: the backup knows people who asked since to be forgotten. Of them the keyed hash among the suppressed addresses tells; they
/// are erased once more.
/// </summary>
internal sealed class EraseAgain(Database database, SubscriberStore subscribers, SuppressionStore suppressions, Subscriptions subscriptions)
{
    private const int AtOnce = 1000;

    /// <returns>How many were erased.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        for (var afterId = 0L; ;)
        {
            var page = await subscribers.PageAsync(afterId, AtOnce, cancellationToken);
            if (page.Count == 0)
                return erased;
            afterId = page[^1].Id;
            foreach (var subscriber in page)
                if (EmailAddress.TryFold(subscriber.Email, out var key, out _) && await suppressions.ReasonAsync(key, cancellationToken) == "erased")
                {
                    await database.WriteAsync(transaction => subscriptions.EraseAsync(transaction, subscriber), cancellationToken);
                    erased++;
                }
        }
    }
}
