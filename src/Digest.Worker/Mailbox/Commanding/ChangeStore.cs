using System.Data.Common;
using System.Text.Json;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>How subscriptions were before commands by mail changed them.</summary>
internal sealed class ChangeStore
{
    public Task AddAsync(DbTransaction transaction, Subscriber before, DateTimeOffset now) => transaction.ExecuteAsync(
        "insert into subscription_change (subscriber_id, changed_at, before) values (@Id, @now, @before)",
        new { before.Id, now, before = JsonSerializer.Serialize(SubscriptionSnapshot.Of(before)) });

    /// <summary>The last change that was not taken back.</summary>
    public Task<SubscriptionChange?> LastAsync(DbTransaction transaction, long subscriberId) => transaction.QuerySingleOrDefaultAsync<SubscriptionChange>(
        "select id, before from subscription_change where subscriber_id = @subscriberId and undone = 0 order by id desc limit 1", new { subscriberId });

    public Task UndoneAsync(DbTransaction transaction, long id) => transaction.ExecuteAsync("update subscription_change set undone = 1 where id = @id", new { id });
}

internal sealed record SubscriptionChange(long Id, string Before)
{
    public SubscriptionSnapshot Snapshot() => JsonSerializer.Deserialize<SubscriptionSnapshot>(Before)!;
}

/// <summary>What commands by mail can change.</summary>
internal sealed record SubscriptionSnapshot(string Cadence, int Hour, int Cap, string Profile, SubscriberState State, DateTimeOffset? PausedUntil)
{
    public static SubscriptionSnapshot Of(Subscriber subscriber) =>
        new(subscriber.Cadence.ToString(), subscriber.Hour, subscriber.Cap, subscriber.Profile, subscriber.State, subscriber.PausedUntil);
}
