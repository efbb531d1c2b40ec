using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Digest.Worker.Delivery;
using Digest.Worker.Health;
using Digest.Worker.Issues;
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
    private static readonly string[] Bounded = ["subscriber", "s", "source_cursor", "batch", "alarm", "delivery_pause", "paper_unread", "schema_migration", "storage_copy", "inbound_failure", "mailbox_cursor", "set_aside"];

    /// <summary>Names that queries give to a part of themselves, whose own steps are looked at.</summary>
    private static readonly string[] Parts = ["due", "waiting"];

    /// <summary>Indexes of the few rows that are not settled.</summary>
    private static readonly string[] OfUnsettled = ["outbox_due", "outbox_claimed"];

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
        using var connection = new SqliteConnection($"Data Source={folder.File("digest.db")};Pooling=False");
        var steps = connection.Query<PlanStep>("explain query plan " + statement).Select(step => Scan().Match(step.Detail)).Where(scan => scan.Success);
        return [.. steps.Where(scan => !Bounded.Concat(Parts).Contains(scan.Groups["table"].Value) && !OfUnsettled.Contains(scan.Groups["index"].Value)).Select(scan => $"{scan.Value}: {statement}")];
    }

    [GeneratedRegex("^\\s*(select|insert|update|delete|with)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Planned();

    [GeneratedRegex("^SCAN (?<table>[a-z_]+)(?: USING (?:COVERING )?INDEX (?<index>\\S+))?.*$")]
    private static partial Regex Scan();

    private sealed record PlanStep
    {
        public string Detail { get; init; } = "";
    }
}
