using System.Globalization;
using System.Text.Json;
using Dapper;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
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
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        SqlPart among = database.Rows.Among(command, ids);
        command.CommandText = $"select id, subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, paper_ids, choices from issue where id {among}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var issues = new List<(Issue Issue, IReadOnlyList<long> Papers, IReadOnlyList<Choice> Choices)>(ids.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            var issue = new Issue
            {
                Id = reader.GetInt64(0),
                SubscriberId = reader.GetInt64(1),
                DueAt = Time(reader.GetString(2)),
                ComposedAt = Time(reader.GetString(3)),
                LocalDate = DateOnly.ParseExact(reader.GetString(4), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Reader = JsonSerializer.Deserialize<IssueReader>(reader.GetString(5))!,
                Trending = reader.GetInt64(6) != 0,
                Receipt = JsonSerializer.Deserialize<Receipt>(reader.GetString(7))!,
                Choices = [],
            };
            issues.Add((issue, PaperIds.Read(reader.GetString(8)), ChoiceReader.Read(reader.GetString(9))));
        }
        var known = await papers.FindAsync([.. issues.SelectMany(one => one.Papers).Distinct()], cancellationToken);
        return [.. issues.Select(one => With(one.Issue, one.Papers, one.Choices, known))];
    }

    /// <summary>A paper that was forgotten while the issue was composed is left out: the others are its reader's. Where none is left, it is as if they had been taken back.</summary>
    private static Issue With(Issue issue, IReadOnlyList<long> papers, IReadOnlyList<Choice> choices, IReadOnlyDictionary<long, Paper> known)
    {
        if (papers.Count != choices.Count)
            throw new FormatException($"The issue {issue.Id} lists {papers.Count} papers and {choices.Count} choices.");
        List<Match> shown = [.. papers.Zip(choices).Where(pair => known.ContainsKey(pair.First)).Select(pair => pair.Second.Over(known[pair.First]))];
        return issue with { Choices = shown, Receipt = shown.Count == 0 ? issue.Receipt : issue.Receipt with { Sent = issue.Receipt.Sent - (papers.Count - shown.Count) } };
    }

    /// <summary>The newest issues of a subscriber that have papers, newest first.</summary>
    public Task<IReadOnlyList<ListedIssue>> NewestAsync(long subscriberId, int most, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ListedIssue>>(async connection => (await connection.QueryAsync<ListedIssue>(
            """
            select id, subscriber_id, due_at, composed_at, local_date, papers from issue
            where subscriber_id = @subscriberId and papers > 0 order by id desc limit @most
            """, new { subscriberId, most })).AsList(), cancellationToken);

    /// <summary>A page of all issues, newest first, empty ones too.</summary>
    /// <param name="subscriberId">Whose; null: everybody's.</param>
    public Task<IReadOnlyList<ListedIssue>> PageAsync(long? subscriberId, long beforeId, int size, CancellationToken cancellationToken)
    {
        SqlPart ofSubscriber = subscriberId is null ? default : new("and subscriber_id = @subscriberId");
        return database.ReadAsync<IReadOnlyList<ListedIssue>>(async connection => (await connection.QueryAsync<ListedIssue>(
            $"""
            select id, subscriber_id, due_at, composed_at, local_date, papers from issue
            where id < @beforeId {ofSubscriber} order by id desc limit @size
            """, new { subscriberId, beforeId, size })).AsList(), cancellationToken);
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
