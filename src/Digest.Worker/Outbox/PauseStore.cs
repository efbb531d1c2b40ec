using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>The table of what stands still for a while: everything, or the mails to one domain.</summary>
internal sealed class PauseStore(Database database)
{
    /// <summary>The scope of a pause of everything but alarms.</summary>
    public const string Everything = "";

    public Task PauseAsync(string scope, string reason, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            insert into delivery_pause (scope, reason, since, until) values (@scope, @reason, @now, @until)
            on conflict (scope) do update set reason = excluded.reason, until = excluded.until
            """, new { scope, reason, now, until }), cancellationToken);

    public Task<IReadOnlyList<Pause>> StandingAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyList<Pause>)(await connection.QueryAsync<Pause>(
            "select scope, reason, since, until from delivery_pause where until > @now order by scope", new { now })).AsList(), cancellationToken);

    /// <summary>Ends a pause before its time.</summary>
    /// <param name="scope">Null: all of them.</param>
    public Task<int> EndAsync(string? scope, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "update delivery_pause set until = @now where until > @now and (@scope is null or scope = @scope)", new { scope, now }), cancellationToken);

    /// <summary>How many mails to a domain were sent or given up since a moment, and how many of them for what the server thinks of us.</summary>
    public Task<DomainRefusals> RefusalsAsync(string domain, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<DomainRefusals>(
            """
            select count(*) as mails, coalesce(sum(case when about = 'aboutus' then 1 else 0 end), 0) as refused
            from outbox where domain = @domain and state in ('sent', 'bounced') and settled_at >= @since
            """, new { domain, since }), cancellationToken);
}

internal sealed record Pause
{
    public string Scope { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset Until { get; init; }
}

internal sealed record DomainRefusals(long Mails, long Refused);
