using System.Data.Common;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Subscribers.Learning;

/// <summary>The tables of thumbs and of what was learned from them.</summary>
internal sealed class LearnedStore(Database database)
{
    /// <summary>Nobody looks through more; what is beyond is not learned.</summary>
    private const int MostTerms = 300;

    private const int IdsAtOnce = 500;

    /// <summary>What was learned of these subscribers, the heaviest first.</summary>
    public async Task<ILookup<long, LearnedTerm>> OfAsync(IEnumerable<long> subscriberIds, CancellationToken cancellationToken)
    {
        var terms = new List<LearnedTerm>();
        foreach (var some in subscriberIds.Chunk(IdsAtOnce))
        {
            // Named parameters are looked for one by one: five hundred of them cost SQLite more than the rows.
            NumberList list = new(some);
            terms.AddRange(await database.ReadAsync(connection => connection.QueryAsync<LearnedTerm>(
                $"select subscriber_id, term, weight from learned where subscriber_id in ({list}) order by abs(weight) desc, term"), cancellationToken));
        }
        return terms.ToLookup(term => term.SubscriberId);
    }

    /// <summary>The papers that a subscriber gave a thumb, and whether it was for more.</summary>
    public async Task<IReadOnlyDictionary<long, bool>> ThumbsAsync(long subscriberId, IReadOnlyCollection<long> paperIds, CancellationToken cancellationToken) =>
        (await database.ReadAsync(connection => connection.QueryAsync<ThumbRow>(
            "select paper_id, more from thumb where subscriber_id = @subscriberId and paper_id in @paperIds", new { subscriberId, paperIds }), cancellationToken)).ToDictionary(row => row.PaperId, row => row.More != 0);

    public Task<Thumb?> FindAsync(DbTransaction transaction, long subscriberId, long paperId) =>
        transaction.QuerySingleOrDefaultAsync<Thumb>("select more, terms from thumb where subscriber_id = @subscriberId and paper_id = @paperId", new { subscriberId, paperId });

    public Task SaveAsync(DbTransaction transaction, long subscriberId, long paperId, bool more, IReadOnlyList<string> terms, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            """
            insert into thumb (subscriber_id, paper_id, more, terms, given_at) values (@subscriberId, @paperId, @more, @terms, @now)
            on conflict (subscriber_id, paper_id) do update set more = excluded.more, terms = excluded.terms, given_at = excluded.given_at
            """, new { subscriberId, paperId, more = more ? 1 : 0, terms = JsonSerializer.Serialize(terms), now });

    public Task RemoveAsync(DbTransaction transaction, long subscriberId, long paperId) =>
        transaction.ExecuteAsync("delete from thumb where subscriber_id = @subscriberId and paper_id = @paperId", new { subscriberId, paperId });

    /// <summary>Adds to a term's weight, within its bounds; at 0 it is forgotten.</summary>
    public async Task WeighAsync(DbTransaction transaction, long subscriberId, string term, int by, int most)
    {
        var now = await transaction.ScalarAsync<long>("select coalesce(max(weight), 0) from learned where subscriber_id = @subscriberId and term = @term", new { subscriberId, term });
        var weight = Math.Clamp((int)now + by, -most, most);
        await ForgetAsync(transaction, subscriberId, term);
        if (weight != 0 && await transaction.ScalarAsync<long>("select count(*) from learned where subscriber_id = @subscriberId", new { subscriberId }) < MostTerms)
            await transaction.ExecuteAsync("insert into learned (subscriber_id, term, weight) values (@subscriberId, @term, @weight)", new { subscriberId, term, weight });
    }

    public async Task<bool> ForgetAsync(DbTransaction transaction, long subscriberId, string term) =>
        await transaction.ExecuteAsync("delete from learned where subscriber_id = @subscriberId and term = @term", new { subscriberId, term }) > 0;

    private sealed record ThumbRow
    {
        public long PaperId { get; init; }
        public long More { get; init; }
    }
}

/// <summary>A word that lifts or lowers papers.</summary>
internal sealed record LearnedTerm
{
    public long SubscriberId { get; init; }
    public string Term { get; init; } = "";

    /// <summary>-3 to 3, never 0.</summary>
    public long Weight { get; init; }
}

internal sealed record Thumb
{
    public long More { get; init; }

    /// <summary>JSON array.</summary>
    public string Terms { get; init; } = "[]";
}
