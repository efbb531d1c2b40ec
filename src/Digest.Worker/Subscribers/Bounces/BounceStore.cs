using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Bounces;

/// <summary>The table of bounces that an address has had.</summary>
internal sealed class BounceStore
{
    /// <summary>Several bounces of one day count once (Mailman's model: one a day).</summary>
    public Task AddAsync(DbTransaction transaction, BounceRow row) =>
        transaction.ExecuteAsync(
            """
            insert into bounce (subscriber_id, day, severity, reason, status, counts, domain, created_at)
            values (@SubscriberId, @Day, @Severity, @Reason, @Status, @Counts, @Domain, @CreatedAt)
            on conflict (subscriber_id, day, severity, counts) do nothing
            """, row);

    /// <summary>The days on which counting soft bounces came, newest first.</summary>
    public Task<IReadOnlyList<DateOnly>> SoftDaysAsync(DbTransaction transaction, long subscriberId) =>
        transaction.QueryAsync<DateOnly>("select day from bounce where subscriber_id = @subscriberId and severity = 'soft' and counts = 1 order by day desc limit 60", new { subscriberId });

    /// <summary>The days since <paramref name="since"/> on which a server said that the address does not exist, newest first.</summary>
    public Task<IReadOnlyList<DateOnly>> HardDaysAsync(DbTransaction transaction, long subscriberId, DateOnly since) =>
        transaction.QueryAsync<DateOnly>("select day from bounce where subscriber_id = @subscriberId and severity = 'hard' and day >= @since order by day desc", new { subscriberId, since });

    /// <summary>What bounced stays counted; where it was sent to does not stay: a domain may be one person's.</summary>
    public Task ForgetAsync(DbTransaction transaction, long subscriberId) =>
        transaction.ExecuteAsync("update bounce set domain = '' where subscriber_id = @subscriberId", new { subscriberId });
}

/// <param name="Severity"><c>hard</c>, <c>soft</c> or <c>complaint</c>.</param>
/// <param name="Counts">0 where the refusal is about us, not about the address.</param>
internal sealed record BounceRow(long SubscriberId, DateOnly Day, string Severity, string Reason, string? Status, long Counts, string Domain, DateTimeOffset CreatedAt);
