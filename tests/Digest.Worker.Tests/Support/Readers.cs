using Dapper;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Support;

/// <summary>Takes subscribers into an installation and reads the tables back.</summary>
internal static class Readers
{
    /// <summary>An hour that is far away by the true clock: with that of the next issue the one before it would be over, in the middle of a test.</summary>
    public static int FarHour => (TimeProvider.System.GetUtcNow().Hour + 12) % 24;

    /// <summary>Adds a subscriber, daily at seven UTC where the draft says nothing else.</summary>
    public static async Task<Subscriber> AddAsync(Installation installation, string email, string interests = "", SubscriberDraft? draft = null, MailKind? letter = null)
    {
        var outcome = await installation.Get<Subscriptions>().AddAsync((draft ?? new SubscriberDraft()) with { Email = email, Interests = interests }, "test", letter, CancellationToken.None);
        Assert.True(outcome.Done, string.Join("; ", outcome.Problems));
        return outcome.Subscriber!;
    }

    public static async Task<Subscriber> FindAsync(Installation installation, long id) =>
        (await installation.Get<SubscriberStore>().FindAsync(id, CancellationToken.None))!;

    public static Task<IReadOnlyList<string>> QueryAsync(Installation installation, string sql) =>
        installation.Database.ReadAsync<IReadOnlyList<string>>(async connection => (await connection.QueryAsync<string>(sql)).AsList(), CancellationToken.None);

    /// <summary>How many papers wait for all readers.</summary>
    public static async Task<int> WaitingAsync(Installation installation) =>
        (await QueryAsync(installation, "select waiting from subscriber")).Sum(stored => Waiting.Read(stored, DateTimeOffset.MinValue).Papers.Count);

    public static async Task<long> CountAsync(Installation installation, string table) =>
        long.Parse((await QueryAsync(installation, $"select cast(count(*) as text) from {table}"))[0], System.Globalization.CultureInfo.InvariantCulture);
}
