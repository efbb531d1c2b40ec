using System.Data.Common;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Papers;

/// <summary>The papers that we know, each work once, in the order of their arrival.</summary>
internal sealed class PaperStore(Database database)
{
    private const string Columns = PaperRow.Columns;

    /// <summary>SQLite takes 32,766 parameters, PostgreSQL 65,535; far fewer keep the statement cache useful.</summary>
    private const int IdsAtOnce = 500;

    /// <summary>Where the source goes on; null before its first run.</summary>
    public Task<string?> CursorAsync(string source, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<string?>(
            "select cursor from source_cursor where source = @source", new { source }), cancellationToken);

    /// <summary>The time before which the provider does not want to be asked; null when there is none.</summary>
    public Task<DateTimeOffset?> NotBeforeAsync(string source, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<DateTimeOffset?>(
            "select not_before from source_cursor where source = @source and not_before is not null", new { source }), cancellationToken);

    public Task StayAwayAsync(string source, DateTimeOffset notBefore, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            """
            insert into source_cursor (source, not_before) values (@source, @notBefore)
            on conflict (source) do update set not_before = excluded.not_before
            """, new { source, notBefore }), cancellationToken);

    /// <summary>Notes that a source was asked, whatever it answered.</summary>
    public Task NoteAskedAsync(string source, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(
            "insert into source_cursor (source, asked_at) values (@source, @at) on conflict (source) do update set asked_at = excluded.asked_at", new { source, at }), cancellationToken);

    /// <summary>The sources that were asked after that moment.</summary>
    public Task<IReadOnlyList<string>> AskedSinceAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(async connection => (await connection.QueryAsync<string>(
            "select source from source_cursor where asked_at > @moment", new { moment })).AsList(), cancellationToken);

    /// <summary>Stores what a source brought and moves its cursor, both or neither.</summary>
    /// <returns>How many works were new.</returns>
    public Task<int> AddAsync(string source, Fetched fetched, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(async transaction =>
        {
            var added = 0;
            foreach (var entry in fetched.Entries)
                if (await AddAsync(transaction, source, entry, now))
                    added++;
            foreach (var aside in fetched.SetAside)
                await transaction.ExecuteAsync(
                    """
                    insert into set_aside (source, place, problem, seen_at) values (@source, @Where, @Problem, @now)
                    on conflict (source, place, problem) do nothing
                    """, new { source, aside.Where, aside.Problem, now });
            await transaction.ExecuteAsync(
                """
                insert into source_cursor (source, cursor, harvested_at) values (@source, @Cursor, @now)
                on conflict (source) do update
                set cursor = coalesce(excluded.cursor, source_cursor.cursor), harvested_at = excluded.harvested_at, not_before = null
                """, new { source, fetched.Cursor, now });
            return added;
        }, cancellationToken);

    /// <summary>The papers that arrived after <paramref name="watermark"/>, in the order of arrival.</summary>
    public Task<IReadOnlyList<Paper>> NewerThanAsync(long watermark, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => Papers(await connection.QueryAsync<PaperRow>(
            $"select {Columns} from paper where id > @watermark and withdrawn = 0 order by id", new { watermark })), cancellationToken);

    /// <summary>The papers that gained something to match after that moment, and when: cross-lists of papers that we had.</summary>
    public Task<IReadOnlyDictionary<long, DateTimeOffset>> AgainSinceAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (IReadOnlyDictionary<long, DateTimeOffset>)(await connection.QueryAsync<AgainRow>(
            "select id, again_at from paper where again_at > @moment and withdrawn = 0", new { moment })).ToDictionary(row => row.Id, row => row.AgainAt), cancellationToken);

    /// <summary>0 when there is no paper.</summary>
    public Task<long> HighestIdAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select coalesce(max(id), 0) from paper"), cancellationToken);

    /// <summary>The newest paper that we had before that moment; 0 when there was none.</summary>
    public Task<long> HighestIdBeforeAsync(DateTimeOffset seenAt, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            "select coalesce(max(id), 0) from paper where seen_at < @seenAt", new { seenAt }), cancellationToken);

    /// <summary>The papers with these ids, in the order of the ids; one that is not there is left out.</summary>
    public Task<IReadOnlyList<Paper>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection =>
        {
            var found = new Dictionary<long, Paper>(ids.Count);
            foreach (var some in ids.Distinct().Chunk(IdsAtOnce))
                foreach (var row in await connection.QueryAsync<PaperRow>($"select {Columns} from paper where id in @some", new { some }))
                    found[row.Id] = row.ToPaper();
            return (IReadOnlyList<Paper>)[.. ids.Where(found.ContainsKey).Select(id => found[id])];
        }, cancellationToken);

    /// <summary>The paper that somebody names by its arXiv id, its DOI, a link to either, or its whole title; null where we have no such paper.</summary>
    public async Task<Paper?> FindNamedAsync(string named, CancellationToken cancellationToken)
    {
        var name = PaperName.Of(named);
        var id = await database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<long?>(
            "select paper_id from paper_key where key in @keys union all select id from paper where title = @title limit 1", new { keys = name.Keys.AsEnumerable(), title = name.Title }), cancellationToken);
        return id is { } found && await FindAsync([found], cancellationToken) is [var paper] ? paper : null;
    }

    /// <summary>The same without those that were withdrawn meanwhile.</summary>
    public async Task<IReadOnlyList<Paper>> FindOfferableAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var gone = await database.ReadAsync(async connection =>
        {
            var withdrawn = new HashSet<long>();
            foreach (var some in ids.Chunk(IdsAtOnce))
                withdrawn.UnionWith(await connection.QueryAsync<long>("select id from paper where id in @some and withdrawn = 1", new { some }));
            return withdrawn;
        }, cancellationToken);
        return await FindAsync([.. ids.Where(id => !gone.Contains(id))], cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from paper"), cancellationToken);

    /// <summary>How many papers arrived after <paramref name="watermark"/>.</summary>
    public Task<long> CountNewerThanAsync(long watermark, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from paper where id > @watermark and withdrawn = 0", new { watermark }), cancellationToken);

    private static IReadOnlyList<Paper> Papers(IEnumerable<PaperRow> rows) => [.. rows.Select(row => row.ToPaper())];

    /// <returns>True when the work was new.</returns>
    private static async Task<bool> AddAsync(DbTransaction transaction, string source, PaperEntry entry, DateTimeOffset now)
    {
        var keys = WorkKeys.Of(entry);
        var known = await FindAsync(transaction, keys);
        // A new version of a paper that we never had, or a withdrawal, is not news.
        if (known is null && (entry.Withdrawn || entry.AnnounceType is AnnounceType.Replace or AnnounceType.ReplaceCross))
            return false;
        var id = known is null
            ? await InsertAsync(transaction, PaperRow.From(entry, keys[0], source, now))
            : await EnrichAsync(transaction, known, entry, now);
        foreach (var key in keys)
            await transaction.ExecuteAsync(
                "insert into paper_key (key, paper_id) values (@key, @id) on conflict (key) do nothing", new { key, id });
        return known is null;
    }

    private static async Task<PaperRow?> FindAsync(DbTransaction transaction, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            var row = await transaction.QuerySingleOrDefaultAsync<PaperRow>(
                $"select {Columns} from paper where id = (select paper_id from paper_key where key = @key)", new { key });
            // The same title under another id of the same kind is another work: two parts, an erratum, a namesake.
            if (row is not null && (WorkKeys.Scheme(key) != "title" || !await HasOtherAsync(transaction, row.Id, keys)))
                return row;
        }
        return null;
    }

    private static async Task<bool> HasOtherAsync(DbTransaction transaction, long id, IReadOnlyList<string> keys)
    {
        var schemes = keys.Select(WorkKeys.Scheme).Where(scheme => scheme != "title").ToHashSet();
        var stored = await transaction.QueryAsync<string>("select key from paper_key where paper_id = @id", new { id });
        return stored.Any(key => schemes.Contains(WorkKeys.Scheme(key)) && !keys.Contains(key));
    }

    private static Task<long> InsertAsync(DbTransaction transaction, PaperRow row) =>
        transaction.ScalarAsync<long>(
            """
            insert into paper (work_key, title, abstract, authors, categories, announced, announce_type, published, version,
                               url, pdf_url, code_url, doi, comment, upvotes, source, seen_at)
            values (@WorkKey, @Title, @Abstract, @Authors, @Categories, @Announced, @Announce, @Published, @Version,
                    @Url, @PdfUrl, @CodeUrl, @Doi, @Comment, @Upvotes, @Source, @SeenAt)
            returning id
            """, row);

    private static async Task<long> EnrichAsync(DbTransaction transaction, PaperRow known, PaperEntry entry, DateTimeOffset now)
    {
        var better = known.EnrichedBy(entry);
        if (better != known || entry.Withdrawn)
            await transaction.ExecuteAsync(
                """
                update paper set abstract = @Abstract, authors = @Authors, categories = @Categories, announced = @Announced, published = @Published,
                                 version = @Version, url = @Url, pdf_url = @PdfUrl, code_url = @CodeUrl, doi = @Doi, comment = @Comment,
                                 upvotes = @Upvotes, again_at = case when @Tells = 1 then @now else again_at end, withdrawn = case when @Withdrawn = 1 then 1 else withdrawn end
                where id = @Id
                """,
                new
                {
                    better.Abstract,
                    better.Authors,
                    better.Categories,
                    better.Announced,
                    better.Published,
                    better.Version,
                    better.Url,
                    better.PdfUrl,
                    better.CodeUrl,
                    better.Doi,
                    better.Comment,
                    better.Upvotes,
                    Withdrawn = entry.Withdrawn ? 1 : 0,
                    Tells = better.Tells(known) ? 1 : 0,
                    now,
                    better.Id,
                });
        return known.Id;
    }

    private sealed record AgainRow
    {
        public long Id { get; init; }
        public DateTimeOffset AgainAt { get; init; }
    }
}
