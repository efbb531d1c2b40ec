using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;

namespace Digest.Worker.Issues;

/// <summary>Reads stored issues, many at a time.</summary>
internal sealed class IssueReadingStore(Database database, PaperShelf papers)
{
    /// <summary>The issues with these numbers; one that is not there is left out.</summary>
    public async Task<IReadOnlyList<Issue>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        NumberList list = new(ids);
        await using var connection = await database.OpenAsync(cancellationToken);
        var chosen = await ChoicesAsync(connection, list, cancellationToken);
        var known = await papers.FindAsync([.. chosen.Values.SelectMany(rows => rows.Select(row => row.Paper)).Distinct()], cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt from issue where id in ({list})";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var issues = new List<Issue>(ids.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt64(0);
            issues.Add(new Issue
            {
                Id = id,
                SubscriberId = reader.GetInt64(1),
                DueAt = Time(reader.GetString(2)),
                ComposedAt = Time(reader.GetString(3)),
                LocalDate = DateOnly.ParseExact(reader.GetString(4), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Reader = JsonSerializer.Deserialize<IssueReader>(reader.GetString(5))!,
                Trending = reader.GetInt64(6) != 0,
                Receipt = JsonSerializer.Deserialize<Receipt>(reader.GetString(7))!,
                Choices = [.. chosen.GetValueOrDefault(id, []).Select(row => ChoiceReader.Read(row.Choice).Over(known[row.Paper], row.Score))],
            });
        }
        return issues;
    }

    /// <summary>The newest issues of a subscriber that have papers, newest first.</summary>
    public Task<IReadOnlyList<ListedIssue>> NewestAsync(long subscriberId, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ListedIssue>>(async connection => (await connection.QueryAsync<ListedIssue>(
            """
            select id, subscriber_id, due_at, composed_at, local_date, (select count(*) from issue_paper where issue_id = issue.id) as papers from issue
            where subscriber_id = @subscriberId and exists (select 1 from issue_paper where issue_id = issue.id) order by id desc limit @most
            """, new { subscriberId, most })).AsList(), cancellationToken);

    /// <summary>A page of all issues, newest first, empty ones too.</summary>
    /// <param name="subscriberId">Whose; null: everybody's.</param>
    public Task<IReadOnlyList<ListedIssue>> PageAsync(long? subscriberId, long beforeId, int size, CancellationToken cancellationToken)
    {
        SqlPart ofSubscriber = subscriberId is null ? default : new("and subscriber_id = @subscriberId");
        return database.ReadAsync<IReadOnlyList<ListedIssue>>(async connection => (await connection.QueryAsync<ListedIssue>(
            $"""
            select id, subscriber_id, due_at, composed_at, local_date, (select count(*) from issue_paper where issue_id = issue.id) as papers from issue
            where id < @beforeId {ofSubscriber} order by id desc limit @size
            """, new { subscriberId, beforeId, size })).AsList(), cancellationToken);
    }

    private static async Task<Dictionary<long, List<(long Paper, double Score, string Choice)>>> ChoicesAsync(DbConnection connection, NumberList issues, CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<long, List<(long, double, string)>>();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select issue_id, paper_id, score, choice from issue_paper where issue_id in ({issues}) order by issue_id, position";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var issue = reader.GetInt64(0);
            if (!chosen.TryGetValue(issue, out var rows))
                chosen[issue] = rows = [];
            rows.Add((reader.GetInt64(1), reader.GetDouble(2), reader.GetString(3)));
        }
        return chosen;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

/// <summary>An issue in a list.</summary>
internal sealed record ListedIssue
{
    public long Id { get; init; }
    public long SubscriberId { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset ComposedAt { get; init; }
    public DateOnly LocalDate { get; init; }
    public long Papers { get; init; }
}
