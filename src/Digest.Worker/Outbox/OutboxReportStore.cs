using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>What an operator asks about the outbox, and may do with it by hand.</summary>
internal sealed class OutboxReportStore(Database database)
{
    private const string Columns = "id, kind, state, subscriber_id, issue_id, recipient, attempts, due_at, created_at, settled_at, answer, message_id";

    /// <summary>Counts and the oldest mail of each state.</summary>
    public Task<IReadOnlyList<StateCount>> StatesAsync(CancellationToken cancellationToken) =>
        ReadAsync<StateCount>("select state, count(*) as mails, min(created_at) as oldest from outbox_now group by state order by state", new { }, cancellationToken);

    /// <summary>The domains with the most unsettled mails.</summary>
    public Task<IReadOnlyList<DomainCount>> DomainsAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync<DomainCount>(
            """
            select domain, sum(case when state = 'queued' then 1 else 0 end) as queued, sum(case when state = 'deferred' then 1 else 0 end) as deferred,
                sum(case when state = 'in_doubt' then 1 else 0 end) as in_doubt, sum(case when state = 'bounced' then 1 else 0 end) as bounced
            from outbox_now where id in (select id from outbox where state in ('queued', 'deferred', 'in_doubt', 'bounced')) and state <> 'claimed' group by domain order by count(*) desc, domain limit @limit
            """, new { limit }, cancellationToken);

    /// <summary>Mails that wait, failed or hang, newest first.</summary>
    public Task<IReadOnlyList<MailLine>> MailsAsync(OutboxState state, int limit, CancellationToken cancellationToken) =>
        ReadAsync<MailLine>($"select id, kind, domain, attempts, due_at, answer from outbox where {In(state)} order by id desc limit @limit",
            new { state = OutboxStates.ToText(state), limit }, cancellationToken);

    /// <summary>A page of all mails, newest first.</summary>
    /// <param name="state">Null: all.</param>
    /// <param name="subscriberId">To whom; null: to anybody.</param>
    public Task<IReadOnlyList<MailRecord>> PageAsync(OutboxState? state, long? subscriberId, long beforeId, int size, CancellationToken cancellationToken)
    {
        // As the index of the failed has it: else SQLite does not see that it holds all of them.
        SqlPart ofState = state is { } wanted ? new($"and {In(wanted)}") : default;
        SqlPart ofSubscriber = subscriberId is null ? default : new("and subscriber_id = @subscriberId");
        return ReadAsync<MailRecord>($"select {Columns} from outbox_now where id in (select id from outbox where id < @beforeId {ofState} {ofSubscriber} order by id desc limit @size) order by id desc", new { state = state is { } one ? OutboxStates.ToText(one) : null, subscriberId, beforeId, size }, cancellationToken);
    }

    public async Task<MailRecord?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync<MailRecord>($"select {Columns} from outbox_now where id = @id", new { id }, cancellationToken) is [var mail] ? mail : null;

    public async Task<MailRecord?> FindAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync<MailRecord>($"select {Columns} from outbox_now where key = @key", new { key }, cancellationToken) is [var mail] ? mail : null;

    public async Task<OutboxState?> StateAsync(DbTransaction transaction, long id) =>
        await transaction.ScalarAsync<string>("select state from outbox_now where id = @id", new { id }) is { } state ? OutboxStates.Parse(state) : null;

    /// <summary>Puts mails that failed, wait or hang in doubt back into the queue, due now. One that a living worker holds is left alone, and one whose recipient was erased.</summary>
    /// <param name="id">One mail; null for all of <paramref name="state"/>.</param>
    /// <exception cref="InvalidOperationException">Mails of this state cannot be queued again.</exception>
    public Task<int> RetryAsync(OutboxState state, long? id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => RetryAsync(transaction, state, id, now), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public Task<int> RetryAsync(DbTransaction transaction, OutboxState state, long? id, DateTimeOffset now) => state == OutboxState.Sent
        ? throw new InvalidOperationException("A mail that was sent is not retried; 'replay' sends the issues of a day again.")
        : MoveAsync(transaction, state, OutboxState.Queued, id, now);

    /// <summary>Gives mails up: they will not be sent.</summary>
    /// <exception cref="InvalidOperationException">Mails of this state cannot be dropped.</exception>
    public Task<int> DropAsync(OutboxState state, long? id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => DropAsync(transaction, state, id, now), cancellationToken);

    /// <summary>The same inside a larger transaction.</summary>
    public Task<int> DropAsync(DbTransaction transaction, OutboxState state, long? id, DateTimeOffset now) => MoveAsync(transaction, state, OutboxState.Suppressed, id, now);

    private static Task<int> MoveAsync(DbTransaction transaction, OutboxState from, OutboxState to, long? id, DateTimeOffset now)
    {
        if (from == OutboxState.Claimed || !OutboxStates.MayFollow(from, to))
            throw new InvalidOperationException($"A mail that is {OutboxStates.ToText(from)} cannot become {OutboxStates.ToText(to)}.");
        SqlPart one = id is null ? default : new("and id = @id");
        return transaction.ExecuteAsync(
            $"""
            update outbox set state = @to, due_at = @now, settled_at = case when @to = 'queued' then null else @now end, first_tried_at = null,
                expires_at = case when @to = 'queued' and expires_at <= @now then @until else expires_at end
            where state = @from and not exists (select 1 from claim where claim.mail_id = outbox.id) and recipient <> '' {one}
            """, new { from = OutboxStates.ToText(from), to = OutboxStates.ToText(to), id, now, until = now + ClaimedMail.Patience });
    }

    /// <summary>Which mails are in that state now: those that a worker holds stand in the table as they were before.</summary>
    private static SqlPart In(OutboxState state) => new(state switch
    {
        OutboxState.Claimed => "id in (select mail_id from claim where marked_at is null)",
        OutboxState.InDoubt => "(state = 'in_doubt' or id in (select mail_id from claim where marked_at is not null))",
        OutboxState.Queued or OutboxState.Deferred => "state = @state and not exists (select 1 from claim where claim.mail_id = outbox.id)",
        OutboxState.Bounced or OutboxState.Expired or OutboxState.Suppressed => "state in ('bounced', 'expired', 'suppressed') and state = @state",
        _ => "state = @state",
    });

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

/// <summary>A mail as an operator sees it.</summary>
internal sealed record MailRecord
{
    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public long? SubscriberId { get; init; }
    public long? IssueId { get; init; }

    /// <summary>Empty when the reader was erased.</summary>
    public string Recipient { get; init; } = "";
    public long Attempts { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What the server said last.</summary>
    public string? Answer { get; init; }
    public string? MessageId { get; init; }
}
