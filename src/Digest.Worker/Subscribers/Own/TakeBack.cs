using System.Data.Common;
using System.Globalization;

namespace Digest.Worker.Subscribers.Own;

/// <summary>Takes the last change that a reader made back, also an unsubscribe.</summary>
internal sealed class TakeBack(ChangeStore changes, Subscriptions subscriptions, SubscriberStore subscribers)
{
    /// <param name="source">Where the wish came from, for the record of consent.</param>
    /// <returns>The subscriber as they are now; null where nothing is left to take back.</returns>
    public async Task<Subscriber?> LastAsync(DbTransaction transaction, Subscriber subscriber, DateTimeOffset now, string source)
    {
        if (await changes.LastAsync(transaction, subscriber.Id) is not { } change)
            return null;
        await changes.UndoneAsync(transaction, change.Id);
        var before = change.Snapshot();
        await subscriptions.EditAsync(transaction, subscriber.Id, new SubscriberDraft
        {
            Cadence = before.Cadence,
            Hour = before.Hour.ToString(CultureInfo.InvariantCulture),
            Cap = before.Cap.ToString(CultureInfo.InvariantCulture),
            Interests = before.Profile,
            Language = before.Language,
            Timezone = before.Timezone,
            NothingToday = before.NothingToday,
        });
        if (before.State is SubscriberState.Active or SubscriberState.Paused && subscriber.State == SubscriberState.Unsubscribed
            || before.State == SubscriberState.Active && subscriber.State == SubscriberState.Paused)
            await subscriptions.ResumeAsync(transaction, subscriber.Id, source);
        if (before.State == SubscriberState.Paused && (before.PausedUntil is null || before.PausedUntil > now))
            await subscriptions.PauseAsync(transaction, subscriber.Id, before.PausedUntil, null);
        return await subscribers.FindAsync(transaction, subscriber.Id) ?? subscriber;
    }
}
