using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Health;

/// <summary>
/// What the checks ask the database, every few seconds: each in the words of an index (<c>state in (...)</c> as it stands there, then what is not meant),
/// so that no answer takes longer when the tables have grown.
/// </summary>
internal sealed class HealthStore(Database database)
{
    /// <summary>A page is written and the disk is asked to keep it; nothing is changed.</summary>
    public Task WriteAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            await transaction.ExecuteAsync("create table write_probe (octets text not null)");
            await transaction.ExecuteAsync("insert into write_probe (octets) values (@octets)", new { octets = new string('x', 65536) });
            await transaction.ExecuteAsync("drop table write_probe");
        }, cancellationToken);

    /// <summary>When each source answered last in full.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> HarvestsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyDictionary<string, DateTimeOffset>)(await connection.QueryAsync<HarvestRow>(
            "select source, harvested_at from source_cursor where harvested_at is not null")).ToDictionary(row => row.Source, row => row.HarvestedAt), cancellationToken);

    /// <summary>Readers whose slot was before that moment and who have no issue for it; the oldest slot of theirs.</summary>
    public Task<Owed> UncomposedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<Owed>(
            "select count(*) as count, min(next_due_at) as oldest from subscriber where state in ('active', 'paused') and state <> 'paused' and next_due_at < @before", new { before }), cancellationToken);

    /// <summary>Issues that were composed before that moment and that no server was asked to take yet; what it asked to wait for is not counted.</summary>
    public Task<Owed> UnsentAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<Owed>(
            """
            select count(*) as count, min(created_at) as oldest from outbox
            where state in ('queued', 'deferred') and state <> 'deferred' and kind = 'issue' and due_at < @before and created_at < @before
              and not exists (select 1 from claim where claim.mail_id = outbox.id and claim.marked_at is not null)
            """, new { before }), cancellationToken);

    /// <summary>Mails in doubt that no worker looks after.</summary>
    public Task<long> HeldAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where state = 'in_doubt'"), cancellationToken);

    private sealed record HarvestRow(string Source, DateTimeOffset HarvestedAt);
}

internal sealed record Owed
{
    public long Count { get; init; }

    /// <summary>Since when; null where nothing is owed.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
