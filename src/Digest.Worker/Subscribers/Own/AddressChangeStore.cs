using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Own;

/// <summary>The table of addresses that readers asked to be written to, and have not confirmed.</summary>
internal sealed class AddressChangeStore
{
    public Task<long> AddAsync(DbTransaction transaction, long subscriberId, string email, string key, DateTimeOffset now) => transaction.ScalarAsync<long>(
        "insert into address_change (subscriber_id, email, email_key, asked_at) values (@subscriberId, @email, @key, @now) returning id", new { subscriberId, email, key, now });

    /// <summary>How many a reader asked for, and how many were asked for this address by anybody, since a moment.</summary>
    public async Task<(long ByReader, long ForAddress)> SinceAsync(DbTransaction transaction, long subscriberId, string key, DateTimeOffset since) =>
        (await transaction.ScalarAsync<long>("select count(*) from address_change where subscriber_id = @subscriberId and asked_at > @since", new { subscriberId, since }),
        await transaction.ScalarAsync<long>("select count(*) from address_change where email_key = @key and asked_at > @since", new { key, since }));

    /// <summary>The newest that a reader asked for since a moment.</summary>
    public Task<AddressChange?> NewestAsync(DbTransaction transaction, long subscriberId, DateTimeOffset since) => transaction.QuerySingleOrDefaultAsync<AddressChange>(
        "select id, email from address_change where subscriber_id = @subscriberId and asked_at > @since order by id desc limit 1", new { subscriberId, since });

    public Task ForgetAsync(DbTransaction transaction, long subscriberId) => transaction.ExecuteAsync("delete from address_change where subscriber_id = @subscriberId", new { subscriberId });

    public Task ForgetBeforeAsync(DbTransaction transaction, DateTimeOffset before) => transaction.ExecuteAsync("delete from address_change where asked_at < @before", new { before });
}

internal sealed record AddressChange(long Id, string Email);
