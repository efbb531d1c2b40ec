using System.Data.Common;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// Somebody asks on a page or by mail for a subscription, in whoever's name. Nothing is believed before the confirmation, and an address is written to
/// at most once a day whatever is asked. What became of it is not told: whoever asks must not learn who is subscribed.
/// </summary>
internal sealed class SignUps(Database database, Subscriptions subscriptions, SubscriberStore subscribers, SuppressionStore suppressions, OutboxStore outbox, Letters letters, TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    /// <summary>Takes in a draft that was found in order.</summary>
    public Task AskAsync(SubscriberDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => AskAsync(transaction, draft, "page"), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    /// <param name="source">Where the wish came from.</param>
    /// <returns>Whether a letter was written that asks to confirm.</returns>
    public async Task<bool> AskAsync(DbTransaction transaction, SubscriberDraft draft, string source)
    {
        if (draft.Email is not { } email || !EmailAddress.TryFold(email.Trim(), out var key, out _))
            return false;
        // A complaint or a bounce outlives the subscription.
        if (await suppressions.ReasonAsync(transaction, key) is not null)
            return false;
        return await subscribers.FindByKeyAsync(transaction, key) is { } known
            ? await AskAgainAsync(transaction, known, draft)
            : (await subscriptions.AddAsync(transaction, draft, source, MailKind.Confirmation)).Done;
    }

    /// <summary>
    /// One who never answered, or has left, is asked to confirm what is wanted now. Whoever has a subscription is left alone.
    /// </summary>
    private async Task<bool> AskAgainAsync(DbTransaction transaction, Subscriber known, SubscriberDraft draft)
    {
        var now = time.GetUtcNow();
        if (known.State is not (SubscriberState.Pending or SubscriberState.Unsubscribed)
            || await outbox.WrittenSinceAsync(transaction, known.Id, MailKind.Confirmation, now - Silence))
            return false;
        var (drafted, problems) = (draft with { Email = null }).Over(known);
        if (problems.Count > 0)
            return false;
        var asked = drafted with { State = SubscriberState.Pending };
        await subscribers.UpdateAsync(transaction, asked);
        return await letters.WriteAsync(transaction, MailKind.Confirmation, asked, Letters.Moment(now), now);
    }
}
