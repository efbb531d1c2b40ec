using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Health;

/// <summary>Reads the figures for <c>/metrics</c> and <c>stats</c> that only the database knows; each query keeps to an index or to a few days.</summary>
internal sealed class MeasureStore(Database database)
{
    private const int MostDomains = 15;

    public Task<Measures> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection =>
        {
            var week = now.AddDays(-7);
            return new Measures
            {
                At = now,
                Outbox = (await connection.QueryAsync<Figure>(
                    """
                    select name, count(*) as value from (
                        select state as name from outbox where state in ('queued', 'deferred') and not exists (select 1 from claim where claim.mail_id = outbox.id)
                        union all
                        select case when marked_at is null then 'claimed' else 'in_doubt' end from claim
                        union all
                        select state from outbox where state = 'in_doubt') as waiting
                    group by name
                    """)).AsList(),
                OldestDue = await connection.ExecuteScalarAsync<string?>("select min(due_at) from outbox where state in ('queued', 'deferred') and due_at <= @now and not exists (select 1 from claim where claim.mail_id = outbox.id)", new { now }),
                Subscribers = (await connection.QueryAsync<Figure>("select state as name, count(*) as value from subscriber group by state")).AsList(),
                Sources = (await connection.QueryAsync<Moment>("select source as name, harvested_at as at from source_cursor where harvested_at is not null")).AsList(),
                Alarms = (await connection.QueryAsync<string>("select distinct case when key like 'domain/%' then 'domain' else key end from alarm where cleared_at is null and told_at is not null")).AsList(),
                Returned = (await connection.QueryAsync<DomainFigure>(
                    $"""
                    select domain, severity as kind, count(*) as value from bounce
                    where created_at >= @week and domain in (select domain from bounce where created_at >= @week and domain <> '' group by domain order by count(*) desc, domain limit {MostDomains})
                    group by domain, severity
                    """, new { week })).AsList(),
                // The last batch that came whole, and the last of the issues that were composed in the hour after it.
                BatchWhole = await connection.ExecuteScalarAsync<string?>("select max(settled_at) from batch where state = 'whole' and settled_at >= @week", new { week }),
                LastMail = await connection.ExecuteScalarAsync<string?>(
                    """
                    select max(settled_at) from outbox where kind = 'issue' and state = 'sent'
                    and settled_at >= (select max(settled_at) from batch where state = 'whole' and settled_at >= @week)
                    and created_at >= (select max(settled_at) from batch where state = 'whole' and settled_at >= @week)
                    """, new { week }),
            };
        }, cancellationToken);
}

/// <summary>Figures of one moment.</summary>
internal sealed record Measures
{
    public required DateTimeOffset At { get; init; }
    public IReadOnlyList<Figure> Outbox { get; init; } = [];
    public string? OldestDue { get; init; }
    public IReadOnlyList<Figure> Subscribers { get; init; } = [];
    public IReadOnlyList<Moment> Sources { get; init; } = [];
    public IReadOnlyList<string> Alarms { get; init; } = [];
    public IReadOnlyList<DomainFigure> Returned { get; init; } = [];
    public string? BatchWhole { get; init; }
    public string? LastMail { get; init; }
}

// With properties, not positions: an empty result tells nothing of its columns' types.
internal sealed record Figure
{
    public string Name { get; init; } = "";
    public long Value { get; init; }
}

internal sealed record Moment
{
    public string Name { get; init; } = "";
    public DateTimeOffset At { get; init; }
}

internal sealed record DomainFigure
{
    public string Domain { get; init; } = "";
    public string Kind { get; init; } = "";
    public long Value { get; init; }
}
