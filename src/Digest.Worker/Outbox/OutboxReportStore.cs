using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>What an operator asks about the outbox, and may do with it by hand.</summary>
internal sealed class OutboxReportStore(Database database)
{
    /// <summary>Counts and the oldest mail of each state.</summary>
    public Task<IReadOnlyList<StateCount>> StatesAsync(CancellationToken cancellationToken) =>
        ReadAsync<StateCount>("select state, count(*) as mails, min(created_at) as oldest from outbox group by state order by state", new { }, cancellationToken);

    /// <summary>The domains with the most unsettled mails.</summary>
    public Task<IReadOnlyList<DomainCount>> DomainsAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync<DomainCount>(
            """
            select domain, sum(case when state = 'queued' then 1 else 0 end) as queued, sum(case when state = 'deferred' then 1 else 0 end) as deferred,
                sum(case when state = 'in_doubt' then 1 else 0 end) as in_doubt, sum(case when state = 'bounced' then 1 else 0 end) as bounced
            from outbox where state in ('queued', 'deferred', 'in_doubt', 'bounced') group by domain order by count(*) desc, domain limit @limit
            """, new { limit }, cancellationToken);

    /// <summary>Mails that wait, failed or hang, newest first.</summary>
    public Task<IReadOnlyList<MailLine>> MailsAsync(OutboxState state, int limit, CancellationToken cancellationToken) =>
        ReadAsync<MailLine>("select id, kind, domain, attempts, due_at, answer from outbox where state = @state order by id desc limit @limit",
            new { state = OutboxStates.ToText(state), limit }, cancellationToken);

    /// <summary>Puts mails that failed, wait or hang in doubt back into the queue, due now. One that a living worker holds is left alone, and one whose recipient was erased.</summary>
    /// <param name="id">One mail; null for all of <paramref name="state"/>.</param>
    /// <exception cref="InvalidOperationException">Mails of this state cannot be queued again.</exception>
    public Task<int> RetryAsync(OutboxState state, long? id, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync(state, OutboxState.Queued, id, now, cancellationToken);

    /// <summary>Gives mails up: they will not be sent.</summary>
    /// <exception cref="InvalidOperationException">Mails of this state cannot be dropped.</exception>
    public Task<int> DropAsync(OutboxState state, long? id, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync(state, OutboxState.Suppressed, id, now, cancellationToken);

    private Task<int> MoveAsync(OutboxState from, OutboxState to, long? id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (from == OutboxState.Claimed || !OutboxStates.MayFollow(from, to))
            throw new InvalidOperationException($"A mail that is {OutboxStates.ToText(from)} cannot become {OutboxStates.ToText(to)}.");
        return database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            update outbox set state = @to, due_at = @now, settled_at = case when @to = 'queued' then null else @now end, first_tried_at = null
            where state = @from and claim is null and (@id is null or id = @id) and recipient <> ''
            """, new { from = OutboxStates.ToText(from), to = OutboxStates.ToText(to), id, now }), cancellationToken);
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyList<T>)(await connection.QueryAsync<T>(sql, parameters)).AsList(), cancellationToken);
}

// With properties, not positions: an empty result tells nothing of its columns' types.
internal sealed record StateCount
{
    public string State { get; init; } = "";
    public long Mails { get; init; }
    public DateTimeOffset Oldest { get; init; }
}

internal sealed record DomainCount
{
    public string Domain { get; init; } = "";
    public long Queued { get; init; }
    public long Deferred { get; init; }
    public long InDoubt { get; init; }
    public long Bounced { get; init; }
}

internal sealed record MailLine(long Id, string Kind, string Domain, long Attempts, DateTimeOffset DueAt, string? Answer);
