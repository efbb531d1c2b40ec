using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Mailbox.Handling;

/// <summary>The table of mails that were read.</summary>
internal sealed class InboundStore(Database database)
{
    /// <summary>Writes a mail down, in the transaction of its effect.</summary>
    /// <returns>False when it was handled before: then nothing may happen again.</returns>
    public async Task<bool> AddAsync(DbTransaction transaction, string key, DateTimeOffset now, string? reference) =>
        await transaction.ExecuteAsync(
            "insert into inbound (mail_key, received_at, kind, decision, effect, reference) values (@key, @now, '', '', '', @reference) on conflict (mail_key) do nothing",
            new { key, now, reference }) > 0;

    public Task CompleteAsync(DbTransaction transaction, string key, string kind, string decision, string effect, long? subscriberId, bool answered) =>
        transaction.ExecuteAsync(
            "update inbound set kind = @kind, decision = @decision, effect = @effect, subscriber_id = @subscriberId, answered = @answered where mail_key = @key",
            new { key, kind, decision, effect, subscriberId, answered = answered ? 1 : 0 });

    public async Task<bool> IsKnownAsync(string key, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from inbound where mail_key = @key", new { key }), cancellationToken) > 0;

    /// <summary>Counts a failure and returns how many there were.</summary>
    public Task<int> FailAsync(string key, string error, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction => (int)await transaction.ScalarAsync<long>(
            """
            insert into inbound_failure (mail_key, attempts, error, updated_at) values (@key, 1, @error, @now)
            on conflict (mail_key) do update set attempts = inbound_failure.attempts + 1, error = excluded.error, updated_at = excluded.updated_at
            returning attempts
            """, new { key, error, now }), cancellationToken);

    /// <summary>Answers since a moment, over all readers.</summary>
    public Task<long> AnswersSinceAsync(DbTransaction transaction, DateTimeOffset since) =>
        transaction.ScalarAsync<long>("select count(*) from inbound where answered = 1 and received_at >= @since", new { since });

    /// <summary>How often an effect was had by one reader since a moment.</summary>
    public Task<long> CountAsync(DbTransaction transaction, long subscriberId, string effect, DateTimeOffset since) =>
        transaction.ScalarAsync<long>("select count(*) from inbound where subscriber_id = @subscriberId and effect = @effect and received_at >= @since", new { subscriberId, effect, since });
}
