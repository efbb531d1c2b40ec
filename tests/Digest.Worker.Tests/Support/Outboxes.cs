using Dapper;
using Digest.Worker.Outbox;

namespace Digest.Worker.Tests.Support;

/// <summary>Fills and reads the outbox of an installation.</summary>
internal static class Outboxes
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 26, 12, 0, 0, TimeSpan.Zero);

    public static Task AddLettersAsync(Installation installation, IEnumerable<string> locals, MailKind kind = MailKind.Welcome, IReadOnlyList<string>? lines = null) =>
        installation.Database.WriteAsync(async transaction =>
        {
            long subscriber = 0;
            foreach (var local in locals)
                await installation.Get<OutboxStore>().AddAsync(transaction, new OutboxMail
                {
                    Key = $"{MailKinds.ToText(kind)}/{local}/1",
                    Kind = kind,
                    SubscriberId = ++subscriber,
                    Recipient = $"{local}@readers.example.net",
                    Payload = new LetterPayload { Name = "Zoë", Interests = ["graph neural networks", "naïve Bayes — 机器学习"], Lines = lines ?? ["A line."] }.ToJson(),
                    CreatedAt = Noon,
                });
        }, CancellationToken.None);

    public static Task<string> StateAsync(Installation installation, string local) =>
        installation.Database.ReadAsync(connection => connection.QuerySingleAsync<string>("select state from outbox_now where recipient = @recipient", new { recipient = $"{local}@readers.example.net" }), CancellationToken.None);

    /// <summary>The different states that stand in the outbox.</summary>
    public static async Task<IReadOnlyList<string>> StatesAsync(Installation installation) =>
        [.. await installation.Database.ReadAsync(connection => connection.QueryAsync<string>("select distinct state from outbox_now order by state"), CancellationToken.None)];

    /// <summary>From now on the database does not take a change of a row of which this holds: a fault of the row, as a rule of the table would be.</summary>
    public static Task<int> RefuseAsync(Installation installation, string table, string when) => ExecuteAsync(installation, TestDatabase.IsPostgres
        ? $"""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not taken'; end $$;
            create trigger refuse before update on {table} for each row when ({when}) execute function refuse()
            """
        : $"create trigger refuse before update on {table} when {when} begin select raise(abort, 'not taken'); end");

    /// <summary>Takes the refusal back.</summary>
    public static Task<int> TakeAgainAsync(Installation installation) => ExecuteAsync(installation, TestDatabase.IsPostgres ? "drop function refuse() cascade" : "drop trigger refuse");

    private static Task<int> ExecuteAsync(Installation installation, string sql) => installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);
}
