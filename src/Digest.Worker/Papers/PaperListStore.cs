using System.Globalization;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Papers;

/// <summary>The papers of a span of days, for lists. A paper's day is that of its announcement, else that on which we saw it.</summary>
internal sealed class PaperListStore(Database database)
{
    private const string Columns = PaperRow.Columns;
    private const string Day = "coalesce(announced, substr(seen_at, 1, 10))";
    private const string Listed = $"withdrawn = 0 and {Day} between @from and @to and (@category is null or categories like @category)";

    /// <param name="category">A category as the source writes it, or an archive such as <c>cs</c>; null: all.</param>
    /// <param name="newest">Newest first; else the most votes first.</param>
    public Task<IReadOnlyList<Paper>> PageAsync(DateOnly from, DateOnly to, string? category, bool newest, int skip, int size, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Paper>>(async connection => [.. (await connection.QueryAsync<PaperRow>(
            $"""
            select {Columns} from paper where {Listed}
            order by case when @newest = 1 then 0 else coalesce(upvotes, 0) end desc, {Day} desc, coalesce(published, '') desc, id
            limit @size offset @skip
            """, new { from, to, category = Pattern(category), newest = newest ? 1 : 0, skip, size })).Select(row => row.ToPaper())], cancellationToken);

    public Task<long> CountAsync(DateOnly from, DateOnly to, string? category, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            $"select count(*) from paper where {Listed}", new { from, to, category = Pattern(category) }), cancellationToken);

    /// <summary>A day's papers in the order of arrival.</summary>
    /// <param name="after">The id of the last that is known already; 0: none is.</param>
    /// <param name="oneOf">1: all; else one of so many.</param>
    public Task<IReadOnlyList<Paper>> OfDayAsync(DateOnly day, long after, int oneOf, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Paper>>(async connection => [.. (await connection.QueryAsync<PaperRow>(
            $"select {Columns} from paper where withdrawn = 0 and {Day} = @day and id > @after and id % @oneOf = 0 order by id limit @most",
            new { day, after, oneOf, most })).Select(row => row.ToPaper())], cancellationToken);

    /// <summary>Each category with the number of papers in it, the largest first.</summary>
    public async Task<IReadOnlyList<(string Category, int Papers)>> CategoriesAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(connection => connection.QueryAsync<(string Categories, long Papers)>(
            $"select categories, count(*) from paper where {Listed} group by categories", new { from, to, category = (string?)null }), cancellationToken);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (categories, papers) in rows)
            foreach (var category in JsonSerializer.Deserialize<string[]>(categories)!.Distinct())
                counts[category] = counts.GetValueOrDefault(category) + (int)papers;
        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The last day with papers up to that one; null when there is none.</summary>
    public async Task<DateOnly?> LastDayAsync(DateOnly upTo, CancellationToken cancellationToken) => Read(await database.ReadAsync(connection =>
        connection.ExecuteScalarAsync<string?>($"select max({Day}) from paper where {Day} <= @upTo and withdrawn = 0", new { upTo }), cancellationToken));

    /// <summary>The first day with papers from that one on; null when there is none.</summary>
    public async Task<DateOnly?> FirstDayAsync(DateOnly from, CancellationToken cancellationToken) => Read(await database.ReadAsync(connection =>
        connection.ExecuteScalarAsync<string?>($"select min({Day}) from paper where {Day} >= @from and withdrawn = 0", new { from }), cancellationToken));

    /// <summary>A paper by its key without the scheme (<see cref="Paper.ShortId"/>), under any of the names that it has.</summary>
    public Task<Paper?> FindAsync(string shortId, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (await connection.QueryFirstOrDefaultAsync<PaperRow>(
            $"select {Columns} from paper where withdrawn = 0 and id in (select paper_id from paper_key where key in @keys) order by id limit 1",
            new { keys = new[] { "arxiv:", "doi:", "pmid:", "openreview:", "title:" }.Select(scheme => scheme + shortId) }))?.ToPaper(), cancellationToken);

    private static DateOnly? Read(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Categories stand as a JSON array: one of them, or what begins with an archive's name and a dot.</summary>
    private static string? Pattern(string? category) => category is null ? null
        : $"%{JsonSerializer.Serialize(category).TrimEnd('"').Replace("%", "", StringComparison.Ordinal)}{(category.All(char.IsAsciiLetterLower) ? "." : "\"")}%";
}
