using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Issues;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Retention;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Digest.Worker.Tests.Storage;

/// <summary>What the service does every day must not take longer from month to month.</summary>
[Trait("Engine", "sqlite")]
public sealed partial class GrowthTests
{
    /// <summary>Tables that hold as many rows as there are readers, sources or kinds of trouble, and rows that are gone within a day or two.</summary>
    private static readonly string[] Bounded = ["subscriber", "s", "source_cursor", "batch", "alarm", "delivery_pause", "paper_unread", "schema_migration", "storage_copy", "inbound_failure", "mailbox_cursor", "set_aside", "claim", "c", "budget", "budget_scope"];

    /// <summary>Names that queries give to a part of themselves, whose own steps are looked at.</summary>
    private static readonly string[] Parts = ["due", "waiting", "given"];

    /// <summary>Indexes of the few rows that are not settled.</summary>
    private static readonly string[] OfUnsettled = ["outbox_due", "outbox_in_doubt"];

    [Fact]
    public async Task A_day_reads_no_table_whole_that_grows_with_time()
    {
        var clock = new SteppedClock(new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero));
        await using var server = new LoopbackSmtp();
        using var folder = new TestFolder();
        var settings = server.Settings();
        settings["Papers:Sources:0:Kind"] = "file";
        settings["Papers:Sources:0:Path"] = folder.File("papers.jsonl");
        using var sqlite = new SqliteDialect(new StorageOptions { ConnectionString = $"Data Source={folder.File("digest.db")};Pooling=False", DataFolder = folder.Path });
        var dialect = new TracedDialect(sqlite);
        await using var installation = await Installation.CreateAsync(clock, settings, folder.Path, builder => builder.Services.AddSingleton<IDialect>(dialect));
        await installation.Get<Subscriptions>().AddAsync(new SubscriberDraft { Email = "a@example.org", Interests = "language models", Timezone = "UTC", Hour = "7" }, "test", null, CancellationToken.None);
        dialect.Statements.Clear();
        for (var day = 0; day < 3; day++)
            await DayAsync(installation, clock, folder, new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero).AddDays(day));
        Assert.Equal(3, server.Mails.Count);
        var whole = dialect.Statements.Keys.SelectMany(statement => Whole(folder, statement)).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(whole.Count == 0, string.Join("\n\n", whole));
        Assert.Contains("SCAN outbox", Assert.Single(Whole(folder, "select count(*) from outbox where answer = 'x'")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operator_asks_for_is_found_by_an_index_also_where_a_part_of_the_question_is_left_out()
    {
        using var folder = new TestFolder();
        using var sqlite = new SqliteDialect(new StorageOptions { ConnectionString = $"Data Source={folder.File("digest.db")};Pooling=False", DataFolder = folder.Path });
        var dialect = new TracedDialect(sqlite);
        await using var installation = await Installation.CreateAsync(null, null, folder.Path, builder => builder.Services.AddSingleton<IDialect>(dialect));
        var outbox = installation.Get<OutboxReportStore>();
        var none = CancellationToken.None;
        await FoundByAsync("INDEX outbox_failed", () => outbox.PageAsync(OutboxState.Bounced, null, long.MaxValue, 50, none));
        await FoundByAsync("INDEX outbox_subscriber", () => outbox.PageAsync(null, 7, long.MaxValue, 50, none));
        await FoundByAsync("PRIMARY KEY", () => outbox.PageAsync(OutboxState.Sent, null, long.MaxValue, 50, none));
        await FoundByAsync("PRIMARY KEY", () => outbox.RetryAsync(OutboxState.Bounced, 7, TimeProvider.System.GetUtcNow(), none));
        await FoundByAsync("INDEX sqlite_autoindex_issue_1", () => installation.Get<IssueReadingStore>().PageAsync(7, long.MaxValue, 50, none));
        await FoundByAsync("PRIMARY KEY", () => installation.Get<IssueReadingStore>().PageAsync(null, long.MaxValue, 50, none));
        await FoundByAsync("INDEX sqlite_autoindex_subscriber", () => installation.Get<IssueStore>().OnAsync(new DateOnly(2026, 1, 5), "a@example.org", none));
        await FoundByAsync("PRIMARY KEY", () => installation.Get<SuppressionStore>().PageAsync(7, 50, none));
        await FoundByAsync("PRIMARY KEY", () => installation.Get<SubscriberStore>().SearchAsync(null, "active", 7, 50, none));

        async Task FoundByAsync(string index, Func<Task> ask)
        {
            dialect.Statements.Clear();
            await ask();
            var plans = dialect.Statements.Keys.Where(statement => Planned().IsMatch(statement)).Select(statement => $"{string.Join("; ", Plan(folder, statement))}: {statement}").ToList();
            Assert.True(plans.Exists(plan => plan.Contains("SEARCH", StringComparison.Ordinal) && plan.Contains(index, StringComparison.Ordinal)), $"{index} is not used: {string.Join('\n', plans)}");
        }
    }

    private static List<string> Plan(TestFolder folder, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("digest.db")};Pooling=False");
        return [.. connection.Query<PlanStep>("explain query plan " + statement).Select(step => step.Detail)];
    }

    private static async Task DayAsync(Installation installation, SteppedClock clock, TestFolder folder, DateTimeOffset day)
    {
        clock.Now = day;
        File.WriteAllLines(folder.File("papers.jsonl"), Enumerable.Range(0, 3).Select(number => JsonSerializer.Serialize(new
        {
            id = $"2601.{day.Day}000{number}",
            title = $"Language models of day {day.Day}, part {number}",
            @abstract = "We look at language models.",
            authors = new[] { "Ada Example" },
            categories = new[] { "cs.CL" },
            announced = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            announce_type = "new",
        })));
        await installation.Get<Harvest>().RunAsync(CancellationToken.None);
        clock.Now = day.AddHours(1).AddMinutes(1);
        await installation.Get<ComposeIssues>().WhenReadyAsync(CancellationToken.None);
        await installation.Get<DeliveryRun>().RunAsync(CancellationToken.None);
        clock.Now = day.AddHours(2);
        await installation.Get<Watch>().RunAsync(CancellationToken.None);
        await installation.Get<Readiness>().AskAsync(CancellationToken.None);
        await installation.Get<MeasureStore>().ReadAsync(clock.Now, CancellationToken.None);
        await installation.Get<Forget>().RunAsync(CancellationToken.None);
    }

    private static List<string> Whole(TestFolder folder, string statement)
    {
        if (!Planned().IsMatch(statement) || statement.Contains("write_probe", StringComparison.Ordinal) || statement.Contains("paper_words", StringComparison.Ordinal))
            return [];
        var steps = Plan(folder, statement).Select(step => Scan().Match(step)).Where(scan => scan.Success);
        return [.. steps.Where(scan => !Bounded.Concat(Parts).Contains(scan.Groups["table"].Value) && !OfUnsettled.Contains(scan.Groups["index"].Value)).Select(scan => $"{scan.Value}: {statement}")];
    }

    [GeneratedRegex("^\\s*(select|insert|update|delete|with)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Planned();

    // What a row lists is no table.
    [GeneratedRegex("^SCAN (?!listed VIRTUAL)(?<table>[a-z_]+)(?: USING (?:COVERING )?INDEX (?<index>\\S+))?.*$")]
    private static partial Regex Scan();

    private sealed record PlanStep
    {
        public string Detail { get; init; } = "";
    }
}
