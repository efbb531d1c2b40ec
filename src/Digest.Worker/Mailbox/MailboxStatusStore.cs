using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Mailbox;

/// <summary>Reads what the operator wants to know about the mailbox.</summary>
internal sealed class MailboxStatusStore(Database database, ReturnedStore outbox)
{
    private const int Days = 7;
    private const int WorstDomains = 15;

    public async Task<MailboxStatus> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-Days);
        var parameters = new { since };
        var status = await database.ReadAsync(async connection => new MailboxStatus
        {
            Since = since,
            Effects = (await connection.QueryAsync<EffectCount>("select kind, effect, count(*) as count from inbound where received_at >= @since group by kind, effect order by count(*) desc, kind, effect", parameters)).AsList(),
            Unclear = (await connection.QueryAsync<UnclearMail>("select received_at, reference, subscriber_id from inbound where received_at >= @since and effect = 'unclear' order by id desc limit 20", parameters)).AsList(),
            Failing = await connection.ExecuteScalarAsync<long>("select count(*) from inbound_failure where updated_at >= @since", parameters),
            Complaints = await connection.ExecuteScalarAsync<long>("select count(*) from bounce where severity = 'complaint' and created_at >= @since", parameters),
            Domains = (await connection.QueryAsync<DomainCount>(
                $"""
                select domain, 0 as sent, sum(case when severity = 'hard' then 1 else 0 end) as hard, sum(case when severity = 'soft' and counts = 1 then 1 else 0 end) as soft,
                    sum(case when severity = 'soft' and counts = 0 then 1 else 0 end) as about_us, sum(case when severity = 'complaint' then 1 else 0 end) as complaints
                from bounce where created_at >= @since and domain <> '' group by domain order by count(*) desc, domain limit {WorstDomains}
                """, parameters)).AsList(),
            Sent = 0,
        }, cancellationToken);
        var domains = new List<DomainCount>();
        foreach (var domain in status.Domains)
            domains.Add(domain with { Sent = await outbox.CountSentAsync(since, domain.Domain, cancellationToken) });
        return status with { Domains = domains, Sent = await outbox.CountSentAsync(since, null, cancellationToken) };
    }
}
