using System.Data.Common;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// All that can happen to a subscription, each in one transaction with the mail that follows from it. The command line, the
/// mailbox and the web page ask for the same things here.
/// </summary>
internal sealed class Subscriptions(Database database, SubscriberStore subscribers, SuppressionStore suppressions, OutboxStore outbox, Letters letters, TimeProvider time)
{
    /// <summary>Takes somebody in.</summary>
    /// <param name="source">Where the consent came from.</param>
    /// <param name="letter"><see cref="MailKind.Welcome"/>: active at once and welcomed; <see cref="MailKind.Confirmation"/>: pending until
    /// they confirm; null: active, no letter.</param>
    public async Task<Outcome> AddAsync(SubscriberDraft draft, string source, MailKind? letter, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(transaction => AddAsync(transaction, draft, source, letter), cancellationToken);
        if (outcome.Done && draft.AtOnce)
            await database.TellDueAsync(cancellationToken);
        return outcome;
    }

    /// <summary>The same inside a larger transaction, for imports.</summary>
    public async Task<Outcome> AddAsync(DbTransaction transaction, SubscriberDraft draft, string source, MailKind? letter)
    {
        var now = time.GetUtcNow();
        var (drafted, problems) = draft.Over(new Subscriber { Email = "", CreatedAt = now });
        if (draft.Email is null)
            problems = [.. problems, $"the address is missing"];
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        EmailAddress.TryFold(drafted.Email, out var key, out _);
        if (await suppressions.ReasonAsync(transaction, key) is { } reason)
            return Outcome.Refused($"{drafted.Email} is suppressed ({reason}) and is not written to");
        if (await subscribers.FindByKeyAsync(transaction, key) is { } known)
            return Outcome.Refused(known.State == SubscriberState.Unsubscribed
                ? (FormattableString)$"{drafted.Email} has unsubscribed: only they can come back (subscriber resume, if they asked you to)"
                : $"{drafted.Email} is a subscriber already");
        var subscriber = letter == MailKind.Confirmation
            ? drafted with { State = SubscriberState.Pending }
            : Activated(drafted with { ConsentAt = now, ConsentSource = source }, now);
        if (draft.AtOnce && subscriber.State == SubscriberState.Active)
            subscriber = subscriber with { NextDueAt = now };
        subscriber = subscriber with { Id = await subscribers.InsertAsync(transaction, subscriber) };
        if (letter is { } kind)
            await letters.WriteAsync(transaction, kind, subscriber, Letters.Moment(now), now);
        return Outcome.Changed(subscriber);
    }

    /// <summary>Changes what the draft says; the next slot is counted anew when the calendar changed.</summary>
    public Task<Outcome> EditAsync(long id, SubscriberDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => EditAsync(transaction, id, draft), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public async Task<Outcome> EditAsync(DbTransaction transaction, long id, SubscriberDraft draft)
    {
        if (await subscribers.FindAsync(transaction, id) is not { } subscriber)
            return Outcome.Refused($"there is no such subscriber");
        var (drafted, problems) = draft.Over(subscriber);
        if (problems.Count == 0 && EmailAddress.TryFold(drafted.Email, out var key, out _) && await AddressTakenAsync(transaction, id, key) is { } taken)
            problems = [taken];
        if (problems.Count > 0)
            return Outcome.Refused(problems) with { Subscriber = subscriber };
        var calendarChanged = (drafted.Timezone, drafted.Cadence, drafted.Hour) != (subscriber.Timezone, subscriber.Cadence, subscriber.Hour);
        if (calendarChanged && subscriber.NextDueAt is not null)
            drafted = drafted with { NextDueAt = NextSlot(drafted, Later(time.GetUtcNow(), subscriber.PausedUntil)) };
        await subscribers.UpdateAsync(transaction, drafted);
        return Outcome.Changed(drafted);
    }

    /// <summary>A pending subscriber has confirmed.</summary>
    public Task<Outcome> ConfirmAsync(long id, string source, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => ConfirmAsync(transaction, id, source), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public async Task<Outcome> ConfirmAsync(DbTransaction transaction, long id, string source) =>
        await SuppressedAsync(transaction, id) ?? await ChangeAsync(transaction, id, (subscriber, now) => subscriber.State != SubscriberState.Pending
            ? Outcome.Refused($"there is nothing to confirm")
            : Outcome.Changed(Activated(subscriber with { ConsentAt = now, ConsentSource = source }, now)), MailKind.Welcome);

    /// <summary>No issues until a moment, or until they resume.</summary>
    public Task<Outcome> PauseAsync(long id, DateTimeOffset? until, MailKind? letter, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => PauseAsync(transaction, id, until, letter), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public Task<Outcome> PauseAsync(DbTransaction transaction, long id, DateTimeOffset? until, MailKind? letter) =>
        ChangeAsync(transaction, id, (subscriber, now) => subscriber.State is not (SubscriberState.Active or SubscriberState.Paused)
            ? Outcome.Refused($"only an active subscription can be paused")
            : until <= now
            ? Outcome.Refused($"the day until which to pause is over")
            // The first issue after the pause looks back one period, not over the whole absence.
            : Outcome.Changed(subscriber with { State = SubscriberState.Paused, PausedUntil = until, Watermark = null, NextDueAt = NextSlot(subscriber, Later(now, until)) }), letter, withdraw: true);

    /// <summary>Ends a pause, or brings back somebody who had left and asks to return.</summary>
    public Task<Outcome> ResumeAsync(long id, string source, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => ResumeAsync(transaction, id, source), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public async Task<Outcome> ResumeAsync(DbTransaction transaction, long id, string source) =>
        await SuppressedAsync(transaction, id) ?? await ChangeAsync(transaction, id, (subscriber, now) => subscriber.State switch
        {
            SubscriberState.Paused => Outcome.Changed(Activated(subscriber, now)),
            SubscriberState.Unsubscribed => Outcome.Changed(Activated(subscriber with { ConsentAt = now, ConsentSource = source, UnsubscribedAt = null }, now)),
            SubscriberState.Pending => Outcome.Refused($"the subscription waits to be confirmed by its reader"),
            _ => Outcome.Refused($"the subscription is active already"),
        }, null);

    /// <summary>
    /// Ends the subscription. It holds for every mail whose DATA has not begun. Asked twice it is done once, and confirmed once.
    /// </summary>
    /// <param name="confirm">Whether one short mail says that it was done.</param>
    public Task<Outcome> UnsubscribeAsync(long id, bool confirm, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => UnsubscribeAsync(transaction, id, confirm), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public Task<Outcome> UnsubscribeAsync(DbTransaction transaction, long id, bool confirm) =>
        ChangeAsync(transaction, id, (subscriber, now) => subscriber.State == SubscriberState.Unsubscribed
            ? Outcome.Refused($"the subscription has ended already")
            : Outcome.Changed(subscriber with { State = SubscriberState.Unsubscribed, UnsubscribedAt = now, NextDueAt = null, PausedUntil = null }),
            confirm ? MailKind.Unsubscribed : null, withdraw: true);

    /// <summary>
    /// Removes a subscriber and their issues from the database, and their address from the mails that went to them. One who had left
    /// stays suppressed, so that no import brings them back.
    /// </summary>
    public Task<bool> RemoveAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            if (await subscribers.FindAsync(transaction, id) is not { } subscriber)
                return false;
            await ForgetAsync(transaction, subscriber, null);
            return true;
        }, cancellationToken);

    /// <summary>The reader asks to be forgotten: nothing of them stays but a keyed hash that keeps imports from bringing them back.</summary>
    public Task EraseAsync(DbTransaction transaction, Subscriber subscriber) => ForgetAsync(transaction, subscriber, "erased");

    /// <param name="reason">Why the address stays suppressed; null: only if it was suppressed or they had left.</param>
    private async Task ForgetAsync(DbTransaction transaction, Subscriber subscriber, string? reason)
    {
        var now = time.GetUtcNow();
        await outbox.ForgetAsync(transaction, subscriber.Id, now);
        if (EmailAddress.TryFold(subscriber.Email, out var key, out _))
        {
            reason ??= await suppressions.ReasonAsync(transaction, key) ?? (subscriber.State == SubscriberState.Unsubscribed ? "unsubscribed" : null);
            await suppressions.ForgetAsync(transaction, key, reason, now);
        }
        await subscribers.DeleteAsync(transaction, subscriber.Id);
    }

    /// <summary>An address that will never work, or a complaint: never write to it again.</summary>
    /// <param name="reason"><c>bounced</c>, <c>complaint</c> or <c>operator</c>.</param>
    public Task SuppressAsync(long id, string reason, string? detail, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => SuppressAsync(transaction, id, reason, detail), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public async Task SuppressAsync(DbTransaction transaction, long id, string reason, string? detail)
    {
        if (await subscribers.FindAsync(transaction, id) is not { } subscriber || !EmailAddress.TryFold(subscriber.Email, out var key, out _))
            return;
        var now = time.GetUtcNow();
        await suppressions.AddAsync(transaction, key, reason, detail, now);
        await outbox.WithdrawIssuesAsync(transaction, id, now);
        await subscribers.UpdateAsync(transaction, subscriber with { State = SubscriberState.Unsubscribed, UnsubscribedAt = now, NextDueAt = null, PausedUntil = null });
    }

    /// <summary>The same for an address, whoever has it.</summary>
    /// <param name="addressKey">Folded.</param>
    public async Task SuppressAsync(DbTransaction transaction, string addressKey, string reason, string? detail)
    {
        if (await subscribers.FindByKeyAsync(transaction, addressKey) is { } subscriber)
            await SuppressAsync(transaction, subscriber.Id, reason, detail);
        else
            await suppressions.AddAsync(transaction, addressKey, reason, detail, time.GetUtcNow());
    }

    private async Task<Outcome> ChangeAsync(DbTransaction transaction, long id, Func<Subscriber, DateTimeOffset, Outcome> change, MailKind? letter, bool withdraw = false)
    {
        var now = time.GetUtcNow();
        if (await subscribers.FindAsync(transaction, id) is not { } subscriber)
            return Outcome.Refused($"there is no such subscriber");
        var outcome = change(subscriber, now);
        if (!outcome.Done)
            return outcome with { Subscriber = subscriber };
        await subscribers.UpdateAsync(transaction, outcome.Subscriber!);
        if (withdraw)
            await outbox.WithdrawIssuesAsync(transaction, id, now);
        if (letter is { } kind)
            await letters.WriteAsync(transaction, kind, outcome.Subscriber!, Letters.Moment(now), now);
        return outcome;
    }

    /// <summary>A subscription of a suppressed address would compose issues that are never sent.</summary>
    private async Task<Outcome?> SuppressedAsync(DbTransaction transaction, long id) =>
        await subscribers.FindAsync(transaction, id) is { } subscriber && EmailAddress.TryFold(subscriber.Email, out var key, out _) && await suppressions.ReasonAsync(transaction, key) is { } reason
            ? Outcome.Refused(Suppression.Sentence(reason)) with { Subscriber = subscriber }
            : null;

    private async Task<FormattableString?> AddressTakenAsync(DbTransaction transaction, long id, string key) =>
        await subscribers.FindByKeyAsync(transaction, key) is { } other && other.Id != id ? (FormattableString)$"{other.Email} is another subscriber's address"
        : await suppressions.ReasonAsync(transaction, key) is { } reason ? (FormattableString)$"the address is suppressed ({reason})"
        : null;

    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset? other) => other > now ? other.Value : now;

    private static Subscriber Activated(Subscriber subscriber, DateTimeOffset now) =>
        subscriber with { State = SubscriberState.Active, PausedUntil = null, Watermark = null, NextDueAt = NextSlot(subscriber, now) };

    private static DateTimeOffset NextSlot(Subscriber subscriber, DateTimeOffset after) => Slot.Next(subscriber.Cadence, subscriber.Hour, subscriber.Zone, after);
}
