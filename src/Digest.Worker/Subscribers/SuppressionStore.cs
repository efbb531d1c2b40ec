using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers;

/// <summary>Addresses that must not be written to, whatever an import or a form says.</summary>
internal sealed class SuppressionStore(Database database)
{
    public Task AddAsync(DbTransaction transaction, string addressKey, string reason, string? detail, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            "insert into suppression (address_key, reason, detail, created_at) values (@addressKey, @reason, @detail, @now) on conflict (address_key) do nothing",
            new { addressKey, reason, detail, now });

    public Task<string?> ReasonAsync(DbTransaction transaction, string addressKey) =>
        transaction.ScalarAsync<string>("select reason from suppression where address_key = @addressKey", new { addressKey });

    public Task<string?> ReasonAsync(string addressKey, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>("select reason from suppression where address_key = @addressKey", new { addressKey }), cancellationToken);
}
