using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The table of what counts toward the limits. It outlives the process, so that a restart begins no hour anew.</summary>
internal sealed class SendingStore(Database database)
{
    /// <summary>The longest window that a limit looks back over, and a little for a clock that is set back.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(25);

    /// <summary>
    /// What was sent since a moment, oldest first. A message in doubt may have been sent until now, so it counts as of now; once it is settled or
    /// taken back it is in the table.
    /// </summary>
    public Task<IReadOnlyList<SentMoment>> SinceAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyList<SentMoment>)(await connection.QueryAsync<SentMoment>(
            """
            select at, domain from sending where at > @since
            union all select @now as at, o.domain from claim c join outbox o on o.id = c.mail_id where c.marked_at > @since
            order by at
            """, new { since, now })).AsList(), cancellationToken);

    public Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteSharedAsync(transaction => transaction.ExecuteAsync("delete from sending where at < @old", new { old = now - Kept }), cancellationToken);
}

internal sealed record SentMoment
{
    public DateTimeOffset At { get; init; }

    public string Domain { get; init; } = "";
}
