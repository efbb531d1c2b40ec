using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Retention;

/// <summary>Everything that we know of one person, as it stands, for their right to have it (GDPR, articles 15 and 20).</summary>
internal sealed class PersonStore(Database database)
{
    private static readonly (string Name, string Sql)[] Parts =
    [
        ("subscription", "select * from subscriber where id = @id"),
        ("suppression", "select * from suppression where address_key = (select email_key from subscriber where id = @id)"),
        ("issues", "select id, due_at, composed_at, local_date, reader, trending, receipt from issue where subscriber_id = @id order by id"),
        ("mails", "select key, kind, recipient, payload, state, attempts, created_at, settled_at, answer, message_id from outbox_now where subscriber_id = @id order by id"),
        ("received", "select received_at, kind, decision, effect, reference from inbound where subscriber_id = @id order by id"),
        ("bounces", "select day, severity, reason, status, created_at from bounce where subscriber_id = @id order by id"),
        ("addresses", "select email, asked_at from address_change where subscriber_id = @id order by id"),
        ("thumbs", "select p.work_key, p.title, t.more, t.given_at from thumb t join paper p on p.id = t.paper_id where t.subscriber_id = @id order by t.given_at, p.id"),
        ("learned", "select term, weight from learned where subscriber_id = @id order by term"),
        ("requests", "select idempotency_key, status, location, body, created_at from api_answer where subscriber_id = @id order by created_at, idempotency_key"),
        ("changes", "select changed_at, before, undone from subscription_change where subscriber_id = @id order by id"),
    ];

    /// <summary>One member for each kind of record; columns as they are in the database.</summary>
    public Task<JsonObject> ReadAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection =>
        {
            var person = new JsonObject();
            foreach (var (name, sql) in Parts)
            {
                var rows = new JsonArray();
                foreach (IDictionary<string, object?> row in await connection.QueryAsync(sql, new { id }))
                    rows.Add(new JsonObject(row.Select(column => KeyValuePair.Create(column.Key, Value(column.Value)))));
                person[name] = rows;
            }
            person["papers"] = await PapersAsync(connection, id);
            person["waiting"] = await WaitingAsync(connection, id);
            return person;
        }, cancellationToken);

    /// <summary>One for each paper of each issue, with why it was there.</summary>
    private static async Task<JsonArray> PapersAsync(DbConnection connection, long id)
    {
        var papers = new JsonArray();
        foreach (var (issue, ids, choices) in await connection.QueryAsync<(long Issue, string Papers, string Choices)>("select id, paper_ids, choices from issue where subscriber_id = @id and papers > 0 order by id", new { id }))
        {
            var numbers = JsonNode.Parse(ids)!.AsArray().Select(number => number!.GetValue<long>()).ToList();
            NumberList list = new(numbers);
            var known = (await connection.QueryAsync<(long Id, string WorkKey, string Title, string? Url)>($"select id, work_key, title, url from paper where id in ({list})")).ToDictionary(paper => paper.Id);
            // One that was forgotten while its issue was composed has no name any more.
            foreach (var (paper, choice, position) in numbers.Zip(JsonNode.Parse(choices)!.AsArray(), Enumerable.Range(1, numbers.Count)))
                papers.Add(new JsonObject
                {
                    ["issue_id"] = issue,
                    ["position"] = position,
                    ["work_key"] = known.GetValueOrDefault(paper).WorkKey,
                    ["title"] = known.GetValueOrDefault(paper).Title,
                    ["url"] = known.GetValueOrDefault(paper).Url,
                    ["score"] = choice!["Score"]!.DeepClone(),
                    ["choice"] = choice.DeepClone(),
                });
        }
        return papers;
    }

    private static async Task<JsonArray> WaitingAsync(DbConnection connection, long id)
    {
        var waiting = Waiting.Read(await connection.ExecuteScalarAsync<string>("select waiting from subscriber where id = @id", new { id }) ?? Waiting.None, DateTimeOffset.MinValue);
        if (waiting.Papers.Count == 0)
            return [];
        NumberList list = new(waiting.Papers);
        var papers = await connection.QueryAsync<(long Id, string WorkKey, string Title)>($"select id, work_key, title from paper where id in ({list}) order by id");
        return [.. papers.Select(paper => new JsonObject { ["work_key"] = paper.WorkKey, ["title"] = paper.Title, ["expires_at"] = TypeHandlers.ToText(waiting.Expires(paper.Id)) })];
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        // Columns that hold JSON are shown as what they are.
        string text when text is ['{', ..] or ['[', ..] => Parsed(text),
        _ => JsonValue.Create($"{value}"),
    };

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
