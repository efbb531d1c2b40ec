using System.Data.Common;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Own;

/// <summary>How subscriptions were before their readers changed them, by mail or on the page.</summary>
internal sealed class ChangeStore
{
    public Task AddAsync(DbTransaction transaction, Subscriber before, DateTimeOffset now) => transaction.ExecuteAsync(
        "insert into subscription_change (subscriber_id, changed_at, before) values (@Id, @now, @before)",
        new { before.Id, now, before = JsonSerializer.Serialize(SubscriptionSnapshot.Of(before)) });

    /// <summary>The last change that was not taken back.</summary>
    public Task<SubscriptionChange?> LastAsync(DbTransaction transaction, long subscriberId) => transaction.QuerySingleOrDefaultAsync<SubscriptionChange>(
        "select id, before from subscription_change where subscriber_id = @subscriberId and undone = 0 order by id desc limit 1", new { subscriberId });

    /// <summary>Whether there is one that was not taken back.</summary>
    public Task<bool> AnyAsync(Database database, long subscriberId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<long>("select count(*) from subscription_change where subscriber_id = @subscriberId and undone = 0", new { subscriberId }) > 0, cancellationToken);

    public Task UndoneAsync(DbTransaction transaction, long id) => transaction.ExecuteAsync("update subscription_change set undone = 1 where id = @id", new { id });
}

internal sealed record SubscriptionChange(long Id, string Before)
{
    public SubscriptionSnapshot Snapshot() => JsonSerializer.Deserialize<SubscriptionSnapshot>(Before)!;
}

/// <summary>What readers can change and take back.</summary>
internal sealed record SubscriptionSnapshot(string Cadence, int Hour, int Cap, string Profile, SubscriberState State, DateTimeOffset? PausedUntil)
{
    /// <summary>Null in changes that were noted before the page could change it.</summary>
    public string? Language { get; init; }

    /// <inheritdoc cref="Language"/>
    public string? Timezone { get; init; }

    /// <inheritdoc cref="Language"/>
    public bool? NothingToday { get; init; }

    public static SubscriptionSnapshot Of(Subscriber subscriber) =>
        new(subscriber.Cadence.ToString(), subscriber.Hour, subscriber.Cap, subscriber.Profile, subscriber.State, subscriber.PausedUntil)
        { Language = subscriber.Language, Timezone = subscriber.Timezone, NothingToday = subscriber.NothingToday };
}
