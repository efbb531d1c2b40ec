using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Health;

/// <summary>The last days in figures, one row a day (UTC).</summary>
internal sealed class StatisticsStore(Database database)
{
    public Task<Statistics> ReadAsync(DateTimeOffset now, int days, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection =>
        {
            var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - days);
            var since = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var from = new { since, first };
            // Times stand as text that begins with the day.
            async Task<IReadOnlyList<long>> Daily(string sql)
            {
                var found = (await connection.QueryAsync<Figure>(sql, from)).ToDictionary(figure => figure.Name, figure => figure.Value);
                return [.. Enumerable.Range(0, days).Select(day => found.GetValueOrDefault(first.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))];
            }
            return new Statistics
            {
                First = first,
                Sent = await Daily("select substr(settled_at, 1, 10) as name, count(*) as value from outbox where kind = 'issue' and state = 'sent' and settled_at >= @since group by substr(settled_at, 1, 10)"),
                Bounced = await Daily("select substr(created_at, 1, 10) as name, count(*) as value from bounce where severity in ('hard', 'soft') and created_at >= @since group by substr(created_at, 1, 10)"),
                Complaints = await Daily("select substr(created_at, 1, 10) as name, count(*) as value from bounce where severity = 'complaint' and created_at >= @since group by substr(created_at, 1, 10)"),
                Unsubscribed = await Daily("select substr(unsubscribed_at, 1, 10) as name, count(*) as value from subscriber where unsubscribed_at >= @since group by substr(unsubscribed_at, 1, 10)"),
                Papers = await Daily("select substr(seen_at, 1, 10) as name, count(*) as value from paper where seen_at >= @since group by substr(seen_at, 1, 10)"),
                Matches = await Daily("select substr(composed_at, 1, 10) as name, sum(papers) as value from issue where composed_at >= @since group by substr(composed_at, 1, 10)"),
                Issues = await Daily("select substr(composed_at, 1, 10) as name, count(*) as value from issue where composed_at >= @since group by substr(composed_at, 1, 10)"),
                Batches = (await connection.QueryAsync<BatchDay>("select source, day, state from batch where day >= @first order by source, day", from)).AsList(),
                Subscribers = (await connection.QueryAsync<Figure>("select state as name, count(*) as value from subscriber group by state order by state")).AsList(),
            };
        }, cancellationToken);
}

/// <summary>One value a day, from <see cref="First"/> on.</summary>
internal sealed record Statistics
{
    public required DateOnly First { get; init; }
    public required IReadOnlyList<long> Sent { get; init; }
    public required IReadOnlyList<long> Bounced { get; init; }
    public required IReadOnlyList<long> Complaints { get; init; }
    public required IReadOnlyList<long> Unsubscribed { get; init; }
    public required IReadOnlyList<long> Papers { get; init; }
    public required IReadOnlyList<long> Matches { get; init; }
    public required IReadOnlyList<long> Issues { get; init; }
    public required IReadOnlyList<BatchDay> Batches { get; init; }
    public required IReadOnlyList<Figure> Subscribers { get; init; }

    /// <summary>The same of all days together.</summary>
    public double MatchesOnAverage => Issues.Sum() is var issues and > 0 ? (double)Matches.Sum() / issues : 0;

    /// <summary>Papers for each reader who got an issue that day.</summary>
    public IReadOnlyList<double> MatchesPerIssue => [.. Matches.Zip(Issues, (matches, issues) => issues == 0 ? 0 : (double)matches / issues)];
}

internal sealed record BatchDay
{
    public string Source { get; init; } = "";
    public DateOnly Day { get; init; }

    /// <summary>As it stands in the database: <c>whole</c>, <c>partial</c> ...</summary>
    public string State { get; init; } = "";
}
