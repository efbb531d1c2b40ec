using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>
/// Addresses that must not be written to, whatever an import or a form says. Of somebody whose data was erased only a keyed hash
/// of the address stays: it answers whether an address is theirs and does not tell it.
/// </summary>
internal sealed class SuppressionStore(Database database, InstallationKey installation)
{
    private const string Hashed = "hmac:";
    private const string Reason = "select reason from suppression where address_key in (@addressKey, @hash) order by created_at limit 1";

    private readonly byte[] key = installation.Derive("suppression of erased addresses");

    /// <summary>What its reader wanted stands in place of a bounce or an operator's wish, and not the other way.</summary>
    public Task AddAsync(DbTransaction transaction, string addressKey, string reason, string? detail, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            """
            insert into suppression (address_key, reason, detail, created_at) values (@addressKey, @reason, @detail, @now)
            on conflict (address_key) do update set reason = excluded.reason, detail = excluded.detail
            where suppression.reason in ('bounced', 'operator') and excluded.reason not in ('bounced', 'operator')
            """,
            new { addressKey, reason, detail, now });

    /// <summary>Keeps an address suppressed without keeping the address.</summary>
    /// <param name="reason">Null: it was not suppressed, and nothing of it stays.</param>
    public async Task ForgetAsync(DbTransaction transaction, string addressKey, string? reason, DateTimeOffset now)
    {
        if (reason is null)
            return;
        // The detail goes too: a server's answer often repeats the address.
        await transaction.ExecuteAsync("delete from suppression where address_key = @addressKey", new { addressKey });
        await AddAsync(transaction, Hash(addressKey), reason, null, now);
    }

    public Task<string?> ReasonAsync(DbTransaction transaction, string addressKey) =>
        transaction.ScalarAsync<string>(Reason, Names(addressKey));

    public Task<string?> ReasonAsync(string addressKey, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(Reason, Names(addressKey)), cancellationToken);

    /// <summary>A page of the list, in the order in which they came.</summary>
    public Task<IReadOnlyList<Suppression>> PageAsync(long afterId, int size, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Suppression>>(async connection => (await connection.QueryAsync<Suppression>(
            $"""
            select id, case when address_key like '{Hashed}%' then null else address_key end as email, reason, detail, created_at
            from suppression where id > @afterId order by id limit @size
            """, new { size, afterId })).AsList(), cancellationToken);

    /// <summary>Takes an address off the list, also as a hash, if it bounced or the operator put it there. What its reader wanted stays.</summary>
    /// <returns>Why it was on the list, null where it was not; and why it still is.</returns>
    public async Task<(string? Was, string? Stays)> LiftAsync(DbTransaction transaction, string addressKey)
    {
        var was = await ReasonAsync(transaction, addressKey);
        await transaction.ExecuteAsync("delete from suppression where address_key in (@addressKey, @hash) and reason in ('bounced', 'operator')", Names(addressKey));
        return (was, await ReasonAsync(transaction, addressKey));
    }

    private object Names(string addressKey) => new { addressKey, hash = Hash(addressKey) };

    /// <summary>HMAC-SHA256; without an @, so that it is no address.</summary>
    private string Hash(string addressKey) => $"{Hashed}{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(addressKey)))}";
}

/// <summary>An address that is not written to.</summary>
internal sealed record Suppression
{
    public long Id { get; init; }

    /// <summary>Folded; null where its reader was erased.</summary>
    public string? Email { get; init; }
    public string Reason { get; init; } = "";
    public string? Detail { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What its reader is told, and what helps.</summary>
    public static FormattableString Sentence(string reason) => reason switch
    {
        "bounced" => $"mails to this address came back, so no more are sent to it: take another address, or write to us",
        "complaint" => $"a mail to this address was reported as spam, so no more are sent to it: write to us if that was a mistake",
        _ => $"no mails are sent to this address: write to us",
    };
}
