using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>The tables of issues, of what is in them, and of what is held over.</summary>
internal sealed class IssueStore(Database database, IssueReadingStore readings, SubscriberStore subscribers)
{
    private const int IdsAtOnce = 500;

    /// <summary>Stores issues and their choices. One whose slot was answered before is left out.</summary>
    /// <returns>The numbers that the issues were given, by subscriber.</returns>
    public async Task<IReadOnlyDictionary<long, long>> InsertAsync(DbTransaction transaction, IReadOnlyList<Issue> issues)
    {
        var ids = (await database.Rows.QueryAsync(transaction,
            """
            insert into issue (subscriber_id, due_at, composed_at, local_date, reader, trending, receipt)
            select subscriber_id, due_at, composed_at, local_date, reader, trending, receipt from given where true
            on conflict (subscriber_id, due_at) do nothing returning subscriber_id, id
            """,
            new GivenRows()
                .Numbers("subscriber_id", issues.Select(issue => issue.SubscriberId))
                .Times("due_at", issues.Select(issue => (DateTimeOffset?)issue.DueAt))
                .Times("composed_at", issues.Select(issue => (DateTimeOffset?)issue.ComposedAt))
                .Texts("local_date", issues.Select(issue => issue.LocalDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                .Texts("reader", issues.Select(issue => JsonSerializer.Serialize(issue.Reader)))
                .Numbers("trending", issues.Select(issue => issue.Trending ? 1L : 0))
                .Texts("receipt", issues.Select(issue => JsonSerializer.Serialize(issue.Receipt))),
            row => (Subscriber: row.GetInt64(0), Id: row.GetInt64(1)))).ToDictionary(pair => pair.Subscriber, pair => pair.Id);
        var chosen = issues.Where(issue => ids.ContainsKey(issue.SubscriberId))
            .SelectMany(issue => issue.Choices.Select((match, index) => (issue.SubscriberId, Id: ids[issue.SubscriberId], Position: index + 1L, Match: match))).ToList();
        await database.Rows.ExecuteAsync(transaction,
            """
            insert into issue_paper (issue_id, position, subscriber_id, paper_id, score, choice)
            select issue_id, position, subscriber_id, paper_id, score, choice from given
            """,
            new GivenRows()
                .Numbers("issue_id", chosen.Select(one => one.Id))
                .Numbers("position", chosen.Select(one => one.Position))
                .Numbers("subscriber_id", chosen.Select(one => one.SubscriberId))
                .Numbers("paper_id", chosen.Select(one => one.Match.Paper.Id))
                .Reals("score", chosen.Select(one => one.Match.Score))
                .Texts("choice", chosen.Select(one => JsonSerializer.Serialize(Choice.Of(one.Match)))));
        return ids;
    }

    public async Task<Issue?> FindAsync(long id, CancellationToken cancellationToken) =>
        await readings.FindAsync([id], cancellationToken) is [var issue] ? issue : null;

    /// <summary>
    /// Takes back the papers behind the first <paramref name="shown"/>: there was no room for them in the mail. They wait for the next
    /// issue and are not sent; from here on the issue is what its reader sees.
    /// </summary>
    /// <returns>The issue as it is now stored.</returns>
    public async Task<Issue> OweAsync(Issue issue, int shown, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var owed = issue.Choices.Count - shown;
        var receipt = issue.Receipt with { Sent = shown, HeldOver = issue.Receipt.HeldOver + owed, Owed = issue.Receipt.Owed + owed };
        await database.WriteAsync(async transaction =>
        {
            var papers = await transaction.QueryAsync<long>("select paper_id from issue_paper where issue_id = @Id and position > @shown", new { issue.Id, shown });
            await LetWaitAsync(transaction, issue.SubscriberId, papers, now, expiresAt);
            await transaction.ExecuteAsync("delete from issue_paper where issue_id = @Id and position > @shown", new { issue.Id, shown });
            await transaction.ExecuteAsync("update issue set receipt = @receipt where id = @Id", new { issue.Id, receipt = JsonSerializer.Serialize(receipt) });
        }, cancellationToken);
        return issue with { Choices = [.. issue.Choices.Take(shown)], Receipt = receipt };
    }

    /// <summary>Lets the papers of issues that never reached their reader wait for the next one. Asked again it changes nothing.</summary>
    public async Task TakeBackAsync(DbTransaction transaction, IReadOnlyCollection<long> issueIds, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var rows = await transaction.QueryAsync<PairRow>("select subscriber_id, paper_id from issue_paper where issue_id in @issueIds", new { issueIds });
        foreach (var reader in rows.GroupBy(row => row.SubscriberId, row => row.PaperId))
            await LetWaitAsync(transaction, reader.Key, reader, now, expiresAt);
        await transaction.ExecuteAsync("delete from issue_paper where issue_id in @issueIds", new { issueIds });
    }

    private async Task LetWaitAsync(DbTransaction transaction, long subscriberId, IEnumerable<long> papers, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        if (await subscribers.WaitingAsync(transaction, subscriberId) is not { } stored)
            return;
        var waiting = Waiting.Read(stored, now);
        waiting.Add(papers, expiresAt);
        await subscribers.SetWaitingAsync(transaction, subscriberId, waiting);
    }

    /// <summary>An issue of a subscriber that has papers: the one named, the newest of a day, or the newest of all.</summary>
    public async Task<DeliveredIssue?> FindDeliveredAsync(DbTransaction transaction, long subscriberId, long issueId, DateOnly? day) =>
        (await transaction.QueryAsync<DeliveredIssue>(
            """
            select id, due_at, local_date from issue
            where subscriber_id = @subscriberId and (id = @issueId or @issueId = 0) and (local_date = @day or @day is null)
              and exists (select 1 from issue_paper where issue_id = issue.id)
            order by id desc limit 1
            """, new { subscriberId, issueId, day })) is [var newest, ..] ? newest : null;

    /// <summary>The day of the issue in which a reader got a paper; null where they did not.</summary>
    public Task<DateOnly?> SentOnAsync(long subscriberId, long paperId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<DateOnly?>(
            "select local_date from issue_paper join issue on issue.id = issue_id where issue_paper.subscriber_id = @subscriberId and paper_id = @paperId", new { subscriberId, paperId }), cancellationToken);

    /// <summary>The newest issue of a subscriber.</summary>
    public async Task<Issue?> NewestAsync(long subscriberId, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long?>("select max(id) from issue where subscriber_id = @subscriberId", new { subscriberId }), cancellationToken)
            is { } id ? await FindAsync(id, cancellationToken) : null;

    /// <summary>The issues of a day in their readers' zones, with whether their papers are still theirs, whose subscriber is active.</summary>
    /// <param name="addressKey">Only to this address, folded; null: to all.</param>
    public Task<IReadOnlyList<DatedIssue>> OnAsync(DateOnly date, string? addressKey, CancellationToken cancellationToken)
    {
        SqlPart toAddress = addressKey is null ? default : new("and s.email_key = @addressKey");
        return database.ReadAsync(async connection => (IReadOnlyList<DatedIssue>)(await connection.QueryAsync<DatedIssue>(
            $"""
            select i.id, s.state as subscriber_state, (select count(*) from issue_paper p where p.issue_id = i.id) as papers, i.receipt
            from issue i join subscriber s on s.id = i.subscriber_id
            where i.local_date = @date {toAddress} order by i.id
            """, new { date, addressKey })).AsList(), cancellationToken);
    }

    /// <summary>
    /// The papers above <paramref name="watermark"/> that these subscribers were sent before (they came back after a pause), and those of
    /// <paramref name="others"/>.
    /// </summary>
    public async Task<ILookup<long, long>> SentAsync(IReadOnlyCollection<long> subscriberIds, long watermark, IReadOnlyCollection<long> others, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(async connection =>
        {
            var found = (await connection.QueryAsync<PairRow>(
                "select subscriber_id, paper_id from issue_paper where subscriber_id in @subscriberIds and paper_id > @watermark", new { subscriberIds, watermark })).AsList();
            foreach (var some in others.Chunk(IdsAtOnce))
                found.AddRange(await connection.QueryAsync<PairRow>(
                    "select subscriber_id, paper_id from issue_paper where subscriber_id in @subscriberIds and paper_id in @some", new { subscriberIds, some }));
            return found;
        }, cancellationToken);
        return rows.ToLookup(row => row.SubscriberId, row => row.PaperId);
    }

    /// <summary>When the newest issue of each of these subscribers was composed; a subscriber without one is left out.</summary>
    public async Task<IReadOnlyDictionary<long, DateTimeOffset>> ComposedAsync(IReadOnlyCollection<long> subscriberIds, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(connection => connection.QueryAsync<ComposedRow>(
            """
            select id as subscriber_id, (select max(composed_at) from issue where subscriber_id = subscriber.id) as composed_at from subscriber
            where id in @subscriberIds and exists (select 1 from issue where subscriber_id = subscriber.id)
            """, new { subscriberIds }), cancellationToken);
        return rows.ToDictionary(row => row.SubscriberId, row => row.ComposedAt);
    }

    /// <summary>How many papers each issue of these subscribers has that was composed after that moment; the rest of a category scores nothing and does not count.</summary>
    public async Task<ILookup<long, IssueSize>> SizesSinceAsync(IReadOnlyCollection<long> subscriberIds, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(connection => connection.QueryAsync<IssueSize>(
            """
            select subscriber_id, composed_at, (select count(*) from issue_paper where issue_id = issue.id and score > 0) as papers
            from issue where subscriber_id in @subscriberIds and composed_at > @moment
            """, new { subscriberIds, moment }), cancellationToken);
        return rows.ToLookup(row => row.SubscriberId);
    }

    private sealed record ComposedRow
    {
        public long SubscriberId { get; init; }
        public DateTimeOffset ComposedAt { get; init; }
    }

    private sealed record PairRow
    {
        public long SubscriberId { get; init; }
        public long PaperId { get; init; }
    }
}

/// <summary>How large an issue was.</summary>
internal sealed record IssueSize
{
    public long SubscriberId { get; init; }
    public DateTimeOffset ComposedAt { get; init; }
    public long Papers { get; init; }
}

/// <summary>An issue that can be sent again.</summary>
internal sealed record DeliveredIssue
{
    public long Id { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateOnly LocalDate { get; init; }
}

/// <summary>An issue of a day.</summary>
internal sealed record DatedIssue
{
    public long Id { get; init; }
    public string SubscriberState { get; init; } = "";
    public long Papers { get; init; }
    public string Receipt { get; init; } = "";

    /// <summary>False when its papers were taken back, because it never reached its reader: they are in a later issue.</summary>
    public bool IsWhole => JsonSerializer.Deserialize<Receipt>(Receipt)!.Sent == Papers;

    public bool IsWanted => SubscriberState == "active";
}
