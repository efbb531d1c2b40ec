using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>The tables of issues, of what is in them, and of what is held over.</summary>
internal sealed class IssueStore(Database database, IssueReadingStore readings, SubscriberStore subscribers)
{
    private const int IdsAtOnce = 500;

    private static readonly RowInsert Adding = new("issue (subscriber_id, due_at, composed_at, local_date, reader, trending, receipt, papers, paper_ids, choices)",
        "given.subscriber_id, given.due_at, given.composed_at, given.local_date, given.reader, given.trending, given.receipt, given.papers, given.paper_ids, given.choices",
        "subscriber_id, due_at");

    private static readonly RowInsert Promising = new("issue_paper (block, subscriber_id, paper_id, issue_id)", "given.block, given.subscriber_id, given.paper_id, given.issue_id");

    /// <summary>Stores issues with their papers. One whose slot was answered before is left out.</summary>
    /// <returns>The numbers that the issues were given, by subscriber.</returns>
    public async Task<IReadOnlyDictionary<long, long>> InsertAsync(DbTransaction transaction, IReadOnlyList<WrittenIssue> issues)
    {
        var ids = (await database.Rows.InsertAsync(transaction, Adding, "subscriber_id",
            new GivenRows()
                .Numbers("subscriber_id", issues.Select(issue => issue.SubscriberId))
                .Times("due_at", issues.Select(issue => (DateTimeOffset?)issue.DueAt))
                .Times("composed_at", issues.Select(issue => (DateTimeOffset?)issue.ComposedAt))
                .Texts("local_date", issues.Select(issue => issue.LocalDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                .Texts("reader", issues.Select(issue => issue.ReaderText))
                .Numbers("trending", issues.Select(issue => issue.Trending ? 1L : 0))
                .Texts("receipt", issues.Select(issue => issue.ReceiptText))
                .Numbers("papers", issues.Select(issue => (long)issue.Papers.Count))
                .Texts("paper_ids", issues.Select(issue => issue.PaperIds))
                .Texts("choices", issues.Select(issue => issue.Choices)))).ToDictionary(one => one.Key, one => one.Id);
        await PromiseAsync(transaction, [.. issues.Where(issue => ids.ContainsKey(issue.SubscriberId))], ids);
        return ids;
    }

    /// <summary>That nobody is sent a paper twice: the row of the second would be the same. In the order of the table, so that what stands side by side is written at once.</summary>
    private async Task PromiseAsync(DbTransaction transaction, IReadOnlyList<WrittenIssue> issues, Dictionary<long, long> ids)
    {
        // In memory that is used again: for a group it is as large as what the collector sets apart and looks after only when it looks after all.
        var rented = ArrayPool<(long Block, long Subscriber, long Paper)>.Shared.Rent(issues.Sum(issue => issue.Papers.Count));
        var count = 0;
        foreach (var issue in issues)
            foreach (var paper in issue.Papers)
                rented[count++] = (PaperBlock.Of(paper), issue.SubscriberId, paper);
        Array.Sort(rented, 0, count);
        var shown = new ArraySegment<(long Block, long Subscriber, long Paper)>(rented, 0, count);
        await database.Rows.InsertAsync(transaction, Promising,
            new GivenRows()
                .Numbers("block", shown.Select(one => one.Block))
                .Numbers("subscriber_id", shown.Select(one => one.Subscriber))
                .Numbers("paper_id", shown.Select(one => one.Paper))
                .Numbers("issue_id", shown.Select(one => ids[one.Subscriber])));
        ArrayPool<(long Block, long Subscriber, long Paper)>.Shared.Return(rented);
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
        using var texts = new WrittenTexts();
        await database.WriteAsync(async transaction =>
        {
            var papers = issue.Choices.Skip(shown).Select(match => match.Paper.Id).ToList();
            issue = issue with { Choices = [.. issue.Choices.Take(shown)], Receipt = receipt };
            await TakeOutAsync(transaction, issue.Id, issue.SubscriberId, papers, now, expiresAt);
            var written = IssueWriter.Write(issue, texts);
            await transaction.ExecuteAsync("update issue set receipt = @receipt, papers = @shown, paper_ids = @ids, choices = @choices where id = @Id",
                new { issue.Id, receipt = Text(written.ReceiptText), shown, ids = Text(written.PaperIds), choices = Text(written.Choices) });
        }, cancellationToken);
        return issue;
    }

    /// <summary>Lets the papers of issues that never reached their reader wait for the next one. Asked again it changes nothing.</summary>
    public async Task TakeBackAsync(DbTransaction transaction, IReadOnlyCollection<long> issueIds, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        foreach (var issue in await transaction.QueryAsync<ListedRow>("select id, subscriber_id, paper_ids from issue where id in @issueIds and papers > 0", new { issueIds }))
        {
            var papers = PaperIds.Read(issue.PaperIds);
            await TakeOutAsync(transaction, issue.Id, issue.SubscriberId, papers, now, expiresAt);
        }
        await transaction.ExecuteAsync("update issue set papers = 0, paper_ids = '[]', choices = '[]' where id in @issueIds", new { issueIds });
    }

    /// <summary>They were not sent after all, and wait.</summary>
    private async Task TakeOutAsync(DbTransaction transaction, long issueId, long subscriberId, IReadOnlyCollection<long> papers, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        await LetWaitAsync(transaction, subscriberId, papers, now, expiresAt);
        await transaction.ExecuteAsync("delete from issue_paper where issue_id = @issueId and block in @blocks and subscriber_id = @subscriberId and paper_id in @papers",
            new { issueId, subscriberId, papers, blocks = papers.Select(PaperBlock.Of).Distinct().ToArray() });
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
              and papers > 0
            order by id desc limit 1
            """, new { subscriberId, issueId, day })) is [var newest, ..] ? newest : null;

    /// <summary>The day of the issue in which a reader got a paper; null where they did not.</summary>
    public Task<DateOnly?> SentOnAsync(long subscriberId, long paperId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<DateOnly?>(
            "select local_date from issue_paper join issue on issue.id = issue_id where block = @block and issue_paper.subscriber_id = @subscriberId and paper_id = @paperId",
            new { block = PaperBlock.Of(paperId), subscriberId, paperId }), cancellationToken);

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
            select i.id, s.state as subscriber_state, i.papers, i.receipt
            from issue i join subscriber s on s.id = i.subscriber_id
            where i.local_date = @date {toAddress} order by i.id
            """, new { date, addressKey })).AsList(), cancellationToken);
    }

    /// <summary>Those of these subscribers who were sent a paper.</summary>
    public async Task<IReadOnlyList<long>> SentAsync(long paperId, IReadOnlyCollection<long> subscriberIds, CancellationToken cancellationToken)
    {
        var sent = new List<long>();
        foreach (var some in subscriberIds.Chunk(IdsAtOnce))
            sent.AddRange(await database.ReadAsync(connection => connection.QueryAsync<long>(
                "select subscriber_id from issue_paper where block = @block and subscriber_id in @some and paper_id = @paperId", new { block = PaperBlock.Of(paperId), some, paperId }), cancellationToken));
        return sent;
    }

    /// <summary>How many papers each issue of these subscribers has that was composed after that moment; the rest of a category scores nothing and does not count.</summary>
    public async Task<ILookup<long, IssueSize>> SizesSinceAsync(IReadOnlyCollection<long> subscriberIds, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        // Issues are found by their slot; one that was composed a month late is not of this week's promise.
        var early = moment.AddDays(-31);
        var sizes = new List<IssueSize>();
        foreach (var some in subscriberIds.Chunk(IdsAtOnce))
            sizes.AddRange((await database.ReadAsync(connection => connection.QueryAsync<SizeRow>(
                "select subscriber_id, composed_at, choices from issue where subscriber_id in @some and due_at > @early and composed_at > @moment", new { some, early, moment }), cancellationToken))
                .Select(row => new IssueSize(row.SubscriberId, row.ComposedAt, ChoiceReader.Read(row.Choices).Count(choice => choice.Score > 0))));
        return sizes.ToLookup(size => size.SubscriberId);
    }

    private static string Text(ReadOnlyMemory<byte> written) => Encoding.UTF8.GetString(written.Span);

    private sealed record SizeRow
    {
        public long SubscriberId { get; init; }
        public DateTimeOffset ComposedAt { get; init; }
        public string Choices { get; init; } = "";
    }

    private sealed record ListedRow
    {
        public long Id { get; init; }
        public long SubscriberId { get; init; }
        public string PaperIds { get; init; } = "";
    }
}

/// <summary>How large an issue was.</summary>
internal sealed record IssueSize(long SubscriberId, DateTimeOffset ComposedAt, int Papers);

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
