using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Retention;

/// <summary>Deletes what is older than it may be, a little at a time, so that nobody waits long for the right to write.</summary>
internal sealed class RetentionStore(Database database)
{
    private const int AtOnce = 1000;

    private const string IsOld = "p.seen_at < @before and (p.again_at is null or p.again_at < @before) and p.id < (select max(id) from paper)";

    // Of 64 papers at most: "distinct" lets PostgreSQL keep them in a table instead of going through all rows of the block for each paper.
    private const string OfNobody =
        $"""
        from paper p where p.id >= @block * @Size and p.id < (@block + 1) * @Size and {IsOld}
            and p.id not in (select distinct paper_id from issue_paper where block = @block)
        """;

    public Task<int> MailsAsync(DateTimeOffset before, CancellationToken cancellationToken) => DeleteAsync(
        "delete from outbox where id in (select id from outbox where state in ('sent', 'bounced', 'suppressed', 'expired') and settled_at < @before limit @AtOnce)", before, cancellationToken);

    /// <summary>Not the newest of a reader: the next receipt counts from it.</summary>
    public Task<int> IssuesAsync(DateTimeOffset before, CancellationToken cancellationToken) => DeleteAsync(
        """
        delete from issue where id in (
            select i.id from issue i where i.composed_at < @before and exists (select 1 from issue newer where newer.subscriber_id = i.subscriber_id and newer.due_at > i.due_at)
            limit @AtOnce)
        """, before, cancellationToken);

    /// <summary>
    /// Papers that no issue shows: what waits for a reader does so for days, and one that came again since may be in an issue that is being composed. The
    /// newest stays: watermarks count from it. Asked block by block, which reads all that a block's readers got; the right to write is taken only where there is
    /// something to delete.
    /// </summary>
    public async Task<int> PapersAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var all = 0;
        foreach (var block in await database.ReadAsync(connection => connection.QueryAsync<long>($"select distinct p.id / @Size from paper p where {IsOld} order by 1", new { before, PaperBlock.Size }), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var given = new { before, block, PaperBlock.Size };
            if (await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>($"select count(*) {OfNobody}", given), cancellationToken) > 0)
                all += await database.WriteAsync(transaction => transaction.ExecuteAsync($"delete from paper where id in (select p.id {OfNobody})", given), cancellationToken);
        }
        return all;
    }

    public async Task<int> ReturnsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await DeleteAsync("delete from inbound where id in (select id from inbound where received_at < @before limit @AtOnce)", before, cancellationToken)
        + await DeleteAsync("delete from inbound_failure where mail_key in (select mail_key from inbound_failure where updated_at < @before limit @AtOnce)", before, cancellationToken)
        + await DeleteAsync("delete from bounce where id in (select id from bounce where created_at < @before limit @AtOnce)", before, cancellationToken)
        + await DeleteAsync("delete from subscription_change where id in (select id from subscription_change where changed_at < @before limit @AtOnce)", before, cancellationToken)
        + await DeleteAsync("delete from set_aside where id in (select id from set_aside where seen_at < @before limit @AtOnce)", before, cancellationToken)
        + await DeleteAsync("delete from batch where source in (select source from batch) and checked_at < @before and @AtOnce > 0", before, cancellationToken)
        + await DeleteAsync("delete from alarm where cleared_at < @before and @AtOnce > 0", before, cancellationToken);

    /// <summary>What requests to the API were answered; nobody is answered so again.</summary>
    public Task<int> AnswersAsync(DateTimeOffset before, CancellationToken cancellationToken) => DeleteAsync(
        "delete from api_answer where (key_id, idempotency_key) in (select key_id, idempotency_key from api_answer where created_at < @before limit @AtOnce)", before, cancellationToken);

    /// <summary>
    /// What workers drew of limits and can use no more, and the limits from which none draws: they have the names of domains, which may be one person's.
    /// Nobody draws meanwhile, who does shares the right to write; the next draw makes its limit anew.
    /// </summary>
    public async Task LimitsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await DeleteAsync("delete from budget where (scope, worker) in (select scope, worker from budget where until < @before limit @AtOnce)", before, cancellationToken);
        await DeleteAsync("delete from budget_scope where scope in (select scope from budget_scope where scope not in (select scope from budget) limit @AtOnce)", before, cancellationToken);
    }

    /// <summary>Readers who left before that moment.</summary>
    public Task<IReadOnlyList<long>> LeftAsync(DbTransaction transaction, DateTimeOffset before) =>
        transaction.QueryAsync<long>("select id from subscriber where state = 'unsubscribed' and unsubscribed_at < @before order by id limit 100", new { before });

    private async Task<int> DeleteAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var all = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var deleted = await database.WriteAsync(transaction => transaction.ExecuteAsync(sql, new { before, AtOnce }), cancellationToken);
            all += deleted;
            if (deleted < AtOnce)
                return all;
        }
    }
}
