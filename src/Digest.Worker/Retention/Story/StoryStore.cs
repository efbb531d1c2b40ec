using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Retention.Story;

/// <summary>Reads what happened to one subscriber.</summary>
internal sealed class StoryStore(Database database)
{
    public Task<StoryRows> ReadAsync(long id, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(async connection =>
    {
        async Task<IReadOnlyList<T>> Rows<T>(string sql) => (await connection.QueryAsync<T>(sql, new { id, since })).AsList();
        return new StoryRows(
            await Rows<IssueRow>("select id, composed_at, local_date, receipt, papers from issue where subscriber_id = @id and composed_at >= @since order by id"),
            await Rows<MailRow>("select kind, state, issue_id, attempts, due_at, created_at, settled_at, answer from outbox_now where subscriber_id = @id and created_at >= @since order by id"),
            await Rows<ReceivedRow>("select received_at, kind, decision, effect from inbound where subscriber_id = @id and received_at >= @since order by id"),
            await Rows<ReturnedRow>("select created_at, severity, reason, status, counts from bounce where subscriber_id = @id and created_at >= @since order by id"),
            await Rows<ChangeRow>("select changed_at, before, undone from subscription_change where subscriber_id = @id and changed_at >= @since order by id"),
            await connection.ExecuteScalarAsync<string?>("select reason from suppression where address_key = (select email_key from subscriber where id = @id)", new { id }));
    }, cancellationToken);
}
