using System.Data.Common;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Subscribers.Own;

/// <summary>
/// What a reader changes on their own page: the same use-cases as by mail, each with a note of how it was before, so that it can be taken
/// back in either place.
/// </summary>
internal sealed class OwnWishes(Database database, Subscriptions subscriptions, SubscriberStore subscribers, ChangeStore changes, TakeBack takeBack, BounceStore bounces, TimeProvider time)
{
    private const string Source = "page";

    public Task<Outcome> SaveAsync(long id, SubscriberDraft draft) =>
        DoAsync(id, transaction => subscriptions.EditAsync(transaction, id, draft with { Email = null }));

    /// <param name="until">The first day with issues again, in the reader's own zone; null: until they resume.</param>
    public Task<Outcome> PauseAsync(long id, DateOnly? until) => database.WriteAsync(async transaction =>
        await subscribers.FindAsync(transaction, id) is not { } subscriber
            ? Gone
            : await NotedAsync(transaction, subscriber, await subscriptions.PauseAsync(transaction, id, until is { } day ? Slot.Begins(day, subscriber.Zone) : null, null)), CancellationToken.None);

    public Task<Outcome> ResumeAsync(long id) => DoAsync(id, transaction => subscriptions.ResumeAsync(transaction, id, Source));

    public Task<Outcome> LeaveAsync(long id) => DoAsync(id, transaction => subscriptions.UnsubscribeAsync(transaction, id, confirm: true));

    public Task<Outcome> UndoAsync(long id) => database.WriteAsync(async transaction =>
        await subscribers.FindAsync(transaction, id) is { } subscriber && await takeBack.LastAsync(transaction, subscriber, time.GetUtcNow(), "page: undo") is { } now
            ? Outcome.Changed(now)
            : Outcome.Refused($"there is nothing to take back"), CancellationToken.None);

    /// <summary>Forgets the reader but for a keyed hash; nothing takes that back.</summary>
    public Task<Outcome> EraseAsync(long id) => database.WriteAsync(async transaction =>
    {
        if (await subscribers.FindAsync(transaction, id) is not { } subscriber)
            return Gone;
        await subscriptions.EraseAsync(transaction, subscriber);
        await bounces.ForgetAsync(transaction, id);
        return Outcome.Changed(subscriber);
    }, CancellationToken.None);

    /// <summary>Whether there is a change to take back.</summary>
    public Task<bool> CanUndoAsync(long id, CancellationToken cancellationToken) => changes.AnyAsync(database, id, cancellationToken);

    private static Outcome Gone => Outcome.Refused($"there is no such subscriber");

    private Task<Outcome> DoAsync(long id, Func<DbTransaction, Task<Outcome>> change) => database.WriteAsync(async transaction =>
        await subscribers.FindAsync(transaction, id) is { } before ? await NotedAsync(transaction, before, await change(transaction)) : Gone, CancellationToken.None);

    /// <summary>What changed nothing is no change to take back.</summary>
    private async Task<Outcome> NotedAsync(DbTransaction transaction, Subscriber before, Outcome outcome)
    {
        if (outcome.Done && SubscriptionSnapshot.Of(before) != SubscriptionSnapshot.Of(outcome.Subscriber!))
            await changes.AddAsync(transaction, before, time.GetUtcNow());
        return outcome;
    }
}
