using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>Puts settled issues back into the queue, as they were: the key stays, so the Message-ID and the octets do.</summary>
internal sealed class ReplayStore(Database database)
{
    /// <summary>What each of these issues is now; those whose reader was erased are left out.</summary>
    public Task<IReadOnlyList<ReplayedMail>> FindAsync(IReadOnlyCollection<long> issueIds, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => FindAsync(transaction, issueIds), cancellationToken);

    /// <summary>Queues those that are settled, or in doubt and held by nobody; they are of use until <paramref name="expiresAt"/>.</summary>
    /// <returns>What they were before.</returns>
    public Task<IReadOnlyList<ReplayedMail>> QueueAsync(IReadOnlyCollection<long> issueIds, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var found = await FindAsync(transaction, issueIds);
            await transaction.ExecuteAsync(
                """
                update outbox set state = 'queued', due_at = @now, expires_at = @expiresAt, settled_at = null, first_tried_at = null
                where id = @Id and state = @State and not exists (select 1 from claim where mail_id = @Id)
                """, found.Where(mail => mail.CanBeReplayed).Select(mail => new { mail.Id, mail.State, now, expiresAt }));
            return found;
        }, cancellationToken);

    private static async Task<IReadOnlyList<ReplayedMail>> FindAsync(System.Data.Common.DbTransaction transaction, IReadOnlyCollection<long> issueIds)
    {
        var found = new List<ReplayedMail>();
        foreach (var some in issueIds.Chunk(500))
            found.AddRange(await transaction.QueryAsync<ReplayedMail>(
                """
                select id, state from outbox_now where kind = 'issue' and recipient <> '' and claim is null
                  and id in (select o.id from issue i join outbox o on o.subscriber_id = i.subscriber_id and o.issue_id = i.id where i.id in @some) order by id
                """, new { some }));
        return found;
    }
}

internal sealed record ReplayedMail
{
    public long Id { get; init; }

    public string State { get; init; } = "";

    /// <summary>What is on its way already needs no replay, and what was withdrawn is never sent.</summary>
    public bool CanBeReplayed => OutboxStates.Parse(State) is OutboxState.Sent or OutboxState.Bounced or OutboxState.Expired or OutboxState.InDoubt;
}
