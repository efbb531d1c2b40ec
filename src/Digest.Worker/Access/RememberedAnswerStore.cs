using System.Data.Common;
using Digest.Worker.Storage;

namespace Digest.Worker.Access;

/// <summary>The answers of the last day to requests that named themselves. Each is written in the transaction of what the request did, so it is done once even where the process is killed in between.</summary>
internal sealed class RememberedAnswerStore
{
    /// <summary>How long a name is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task<RememberedAnswer?> FindAsync(DbTransaction transaction, long keyId, string name, DateTimeOffset now) =>
        (await transaction.QueryAsync<Row>(
            "select request, status, location, body, subscriber_id from api_answer where key_id = @keyId and idempotency_key = @name and created_at > @since",
            new { keyId, name, since = now - Kept })) is [var row] ? new RememberedAnswer(row.Request, row.Status, row.Location, row.Body, row.SubscriberId) : null;

    public async Task AddAsync(DbTransaction transaction, long keyId, string name, RememberedAnswer answer, DateTimeOffset now)
    {
        await transaction.ExecuteAsync("delete from api_answer where created_at <= @since", new { since = now - Kept });
        await transaction.ExecuteAsync(
            """
            insert into api_answer (key_id, idempotency_key, request, status, location, body, subscriber_id, created_at)
            values (@keyId, @name, @Request, @Status, @Location, @Body, @SubscriberId, @now)
            """, new { keyId, name, answer.Request, answer.Status, answer.Location, answer.Body, answer.SubscriberId, now });
    }

    private sealed record Row
    {
        public string Request { get; init; } = "";
        public long Status { get; init; }
        public string? Location { get; init; }
        public string? Body { get; init; }
        public long? SubscriberId { get; init; }
    }
}
