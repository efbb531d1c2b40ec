using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Papers.Batches;

/// <summary>The days of the sources.</summary>
internal sealed class BatchStore(Database database)
{
    private const string Columns = "source, day, state, counts, announced, highest_id, detail, checked_at, settled_at, failed_since";

    private const int KeysAtOnce = 500;

    public Task<IReadOnlyList<Batch>> SinceAsync(DateOnly day, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => Batches(await connection.QueryAsync<Row>(
            $"select {Columns} from batch where day >= @day order by source, day", new { day })), cancellationToken);

    /// <summary>Every day that is still written down, the oldest first, without what it counted.</summary>
    public Task<IReadOnlyList<Batch>> AllDaysAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => Batches(await connection.QueryAsync<Row>(
            "select source, day, state, settled_at, failed_since from batch order by day, source")), cancellationToken);

    public Task<Batch?> FindAsync(string source, DateOnly day, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from batch where source = @source and day = @day", new { source, day }))?.ToBatch(), cancellationToken);

    public Task SaveAsync(Batch batch, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            insert into batch (source, day, state, counts, announced, highest_id, detail, checked_at, settled_at, failed_since)
            values (@Source, @Day, @State, @Counts, @Announced, @HighestId, @Detail, @CheckedAt, @SettledAt, @FailedSince)
            on conflict (source, day) do update
            set state = excluded.state, counts = excluded.counts, announced = excluded.announced, highest_id = excluded.highest_id,
                detail = excluded.detail, checked_at = excluded.checked_at, settled_at = excluded.settled_at, failed_since = excluded.failed_since
            """,
            new
            {
                batch.Source,
                batch.Day,
                State = BatchStates.ToText(batch.State),
                Counts = JsonSerializer.Serialize(batch.Counts),
                batch.Announced,
                batch.HighestId,
                batch.Detail,
                batch.CheckedAt,
                batch.SettledAt,
                batch.FailedSince,
            }), cancellationToken);

    /// <summary>Which of these arXiv papers had been announced before that day: a stale feed shows them again.</summary>
    public Task<IReadOnlySet<string>> AnnouncedBeforeAsync(IReadOnlyCollection<string> ids, DateOnly day, CancellationToken cancellationToken) =>
        OldAsync(ids, "select k.key from paper_key k join paper p on p.id = k.paper_id where k.key in @keys and p.announced < @day", keys => new { keys, day }, cancellationToken);

    /// <summary>Which of these arXiv papers we had before that moment.</summary>
    public Task<IReadOnlySet<string>> SeenBeforeAsync(IReadOnlyCollection<string> ids, DateTimeOffset moment, CancellationToken cancellationToken) =>
        OldAsync(ids, "select k.key from paper_key k join paper p on p.id = k.paper_id where k.key in @keys and p.seen_at < @moment", keys => new { keys, moment }, cancellationToken);

    private Task<IReadOnlySet<string>> OldAsync(IReadOnlyCollection<string> ids, string sql, Func<string[], object> parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection =>
        {
            var old = new HashSet<string>(StringComparer.Ordinal);
            foreach (var keys in ids.Select(id => $"arxiv:{id}").Chunk(KeysAtOnce))
                foreach (var key in await connection.QueryAsync<string>(sql, parameters(keys)))
                    old.Add(key["arxiv:".Length..]);
            return (IReadOnlySet<string>)old;
        }, cancellationToken);

    private static IReadOnlyList<Batch> Batches(IEnumerable<Row> rows) => [.. rows.Select(row => row.ToBatch())];

    private sealed record Row
    {
        public string Source { get; init; } = "";
        public DateOnly Day { get; init; }
        public string State { get; init; } = "";
        public string Counts { get; init; } = "[]";
        public long Announced { get; init; }
        public string? HighestId { get; init; }
        public string Detail { get; init; } = "";
        public DateTimeOffset CheckedAt { get; init; }
        public DateTimeOffset? SettledAt { get; init; }
        public DateTimeOffset? FailedSince { get; init; }

        public Batch ToBatch() => new()
        {
            Source = Source,
            Day = Day,
            State = BatchStates.Parse(State),
            Counts = JsonSerializer.Deserialize<CategoryCount[]>(Counts) ?? [],
            Announced = (int)Announced,
            HighestId = HighestId,
            Detail = Detail,
            CheckedAt = CheckedAt,
            SettledAt = SettledAt,
            FailedSince = FailedSince,
        };
    }
}
