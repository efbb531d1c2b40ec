using System.Text.Json;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Papers.Text;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>
/// The month with real subscribers, from the providers' answers to the mails in the pickup folder: each paper reaches each reader whom it fits
/// exactly once, and every number and sentence of every receipt is what the providers' own account says.
/// </summary>
public sealed class MonthByMailTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly (string Email, string Interests, SubscriberDraft Draft)[] Readers =
    [
        ("linguist@example.org", "cat:cs.CL", new SubscriberDraft { Hour = "8", Cap = "100" }),
        ("painter@example.org", "graph coloring\ndiffusion model\nspeech", new SubscriberDraft { Hour = "13", Cap = "100" }),
        ("weekly@example.org", "ti: quantum circuits\nreinforcement learning", new SubscriberDraft { Cadence = "weekly:monday", Hour = "12", Cap = "100" }),
        ("tokyo@example.org", "sparse attention\nbenchmark", new SubscriberDraft { Timezone = "Asia/Tokyo", Hour = "18", Cap = "100", NothingToday = true }),
        ("few@example.org", "cs.LG", new SubscriberDraft { Hour = "12", Cap = "3" }),
        ("trend@example.org", "", new SubscriberDraft { Hour = "12", Cap = "20" }),
    ];

    [Fact]
    public Task Invented_papers() => PlayAsync(new PlayedMonth());

    [FactWith<RealData>]
    public Task Real_papers_of_a_week_spread_over_the_month() => PlayAsync(new PlayedMonth(Real()));

    private static async Task PlayAsync(PlayedMonth month)
    {
        var clock = new SkippingClock(Begin);
        var providers = new PlayedProviders(month, clock);
        await using var server = await LoopbackHttp.StartAsync(providers.AnswerAsync, clock);
        await using var installation = await Installation.CreateAsync(clock, new Dictionary<string, string?>
        {
            ["Papers:Holidays:0"] = "2026-03-17",
            ["Papers:BackfillUrl"] = $"{server.Url}/oai",
            ["Papers:KeepRawDays"] = "0",
            ["Papers:Sources:0:Kind"] = "arxiv-rss",
            ["Papers:Sources:0:Url"] = $"{server.Url}/rss",
            ["Papers:Sources:0:Categories:0"] = PlayedMonth.Categories[0],
            ["Papers:Sources:0:Categories:1"] = PlayedMonth.Categories[1],
            ["Papers:Sources:0:Categories:2"] = PlayedMonth.Categories[2],
            ["Papers:Sources:1:Kind"] = "huggingface",
            ["Papers:Sources:1:Url"] = $"{server.Url}/api/daily_papers",
            ["Delivery:Transport"] = "pickup",
        });
        var readers = new List<PlayedReader>();
        foreach (var (email, interests, draft) in Readers)
            readers.Add(new PlayedReader((await Support.Readers.AddAsync(installation, email, interests, draft)).Id, email, interests));
        var account = new PlayedAccount(month, providers, installation, readers);
        for (var time = Begin; time < new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero); time += TimeSpan.FromHours(1))
        {
            if (time.Hour is not (4 or (>= 8 and <= 13)))
                continue;
            clock.Set(time);
            await installation.Get<Harvest>().RunAsync(CancellationToken.None);
            account.LookAt(clock.GetUtcNow());
            await installation.Get<ComposeIssues>().WhenReadyAsync(CancellationToken.None);
            await account.CheckAsync(clock.GetUtcNow());
        }
        var batches = (await installation.Get<BatchStore>().SinceAsync(PlayedMonth.First, CancellationToken.None)).Where(batch => batch.Source == "arxiv-rss").ToList();
        Assert.All(batches, batch => Assert.Equal(PlayedMonth.IsBatchDay(batch.Day) ? BatchState.Whole : BatchState.Holiday, batch.State));
        Assert.Equal(month.Papers.Select(paper => paper.Day).Distinct(), batches.Where(batch => batch.State == BatchState.Whole).Select(batch => batch.Day));
        foreach (var reader in readers)
            await ExactlyOnceAsync(reader, month, providers, installation);
        Assert.Contains(readers[3].Told, told => told == "11 Missing: 2 days of arXiv (10 Mar, 11 Mar)");
        Assert.Contains(readers[3].Told, told => told == "12 Late: 2 days of arXiv (10 Mar, 11 Mar)");
        Assert.Contains(server.Asked, asked => asked.Headers.ContainsKey("If-None-Match"));
        Assert.Equal(2, server.Asked.Count(asked => asked.PathAndQuery.StartsWith("/rss", StringComparison.Ordinal) && asked.At.Day == 23 && asked.At.Hour == 4) - 1);
    }

    private static async Task ExactlyOnceAsync(PlayedReader reader, PlayedMonth month, PlayedProviders providers, Installation installation)
    {
        Assert.Equal(reader.Sent.Count, reader.Sent.Distinct().Count());
        var stored = (await installation.Get<PaperStore>().NewerThanAsync(0, CancellationToken.None)).ToDictionary(paper => paper.ShortId);
        Assert.Equal(providers.Shown.Select(shown => shown.Id).Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));
        var wanted = providers.Shown.Where(shown => shown.At <= reader.Last).Select(shown => Final(shown, month)).Where(reader.Wants).Select(paper => paper.ShortId).Order(StringComparer.Ordinal).ToList();
        if (reader.Profile.IsEmpty)
            return; // what others vote for: no reader is owed all of it
        if (reader.Email == "few@example.org")
            Assert.Subset(wanted.ToHashSet(), reader.Sent.ToHashSet()); // what fits and finds no room in a week is given up, and no other
        else
            Assert.Equal(reader.Email + string.Join(' ', wanted), reader.Email + string.Join(' ', reader.Sent.Order(StringComparer.Ordinal)));
        Assert.True(reader.Sent.Count > 20, $"{reader.Email} was sent {reader.Sent.Count}");
    }

    /// <summary>The paper as the providers have it at the end.</summary>
    private static Paper Final(Shown shown, PlayedMonth month)
    {
        var played = month.Papers.Find(paper => paper.Id == shown.Id);
        return new Paper
        {
            WorkKey = $"arxiv:{shown.Id}",
            Title = ReadableText.Title(played?.Title ?? ""),
            Abstract = shown.Full ? ReadableText.Abstract(played?.Abstract ?? "") : "",
            Categories = shown.Categories,
        };
    }

    private static IReadOnlyList<PlayedPaper> Real()
    {
        var papers = new List<PlayedPaper>();
        foreach (var line in Directory.GetFiles(RealData.Path("week"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines))
        {
            using var paper = JsonDocument.Parse(line);
            var root = paper.RootElement;
            var categories = root.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!).ToList();
            if (root.GetProperty("id").GetString() is { } id && id.StartsWith("2601.", StringComparison.Ordinal) && categories.Any(PlayedMonth.Categories.Contains) && PlayedMonth.Categories.Contains(categories[0]))
                papers.Add(new PlayedPaper(id, default, categories) { Title = root.GetProperty("title").GetString()!, Abstract = root.GetProperty("abstract").GetString()! });
        }
        return [.. papers.DistinctBy(paper => paper.Id)];
    }
}
