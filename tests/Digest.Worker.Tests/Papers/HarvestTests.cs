using Digest.Worker.Papers.Sources;
using Digest.Worker.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers;

public sealed class HarvestTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 12, 0, 0, TimeSpan.Zero);

    [FactWith<RealData>]
    public async Task The_week_is_offered_day_by_day_and_each_paper_once()
    {
        var clock = new SkippingClock(Monday);
        await using var room = await PapersRoom.OpenAsync(clock, ("Sources:0:Kind", "file"), ("Sources:0:Path", RealData.Path("week")));
        var counts = new List<int>();
        for (var day = 0; day < 5; day++)
        {
            clock.Set(Monday.AddDays(day));
            counts.Add((await room.HarvestAsync()).NewPapers);
            Assert.Equal(0, (await room.HarvestAsync()).NewPapers);
        }
        Assert.Equal([371, 750, 523, 475, 751], counts);
        Assert.Equal(2870, await room.Store.CountAsync(CancellationToken.None));
    }

    [FactWith<RealData>]
    public async Task The_seed_has_no_ids_and_no_dates_and_is_offered_at_once()
    {
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "file"), ("Sources:0:Path", RealData.Path("seed", "papers.jsonl")));
        var report = await room.HarvestAsync();
        Assert.Equal(59, report.NewPapers);
        Assert.All(await room.PapersAsync(), paper => Assert.StartsWith("title:", paper.WorkKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hugging_Face_after_arXiv_adds_votes_and_code_and_no_second_paper()
    {
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(context.Request.Path.StartsWithSegments("/rss")
            ? Feeds.Rss(Feeds.Item("2601.00001", "First paper of all", "cs.CL"), Feeds.Item("2601.00002", "A second one", "cs.CL"))
            : context.Request.Query["date"] == "2026-01-26" ? """[{"paper":{"id":"2601.00001","title":"First paper of all","upvotes":17,"githubRepo":"https://github.com/a/b","authors":[]}}]""" : "[]"));
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday),
            ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Url", $"{server.Url}/rss/"), ("Sources:0:Categories:0", "cs.CL"),
            ("Sources:1:Kind", "huggingface"), ("Sources:1:Url", $"{server.Url}/api/daily_papers"));
        var report = await room.HarvestAsync();
        Assert.Equal([2, 0], report.Sources.Select(source => source.NewPapers));
        var first = (await room.PapersAsync())[0];
        Assert.Equal((17, "https://github.com/a/b", "arxiv:2601.00001"), (first.Upvotes, first.CodeUrl, first.WorkKey));
        Assert.Equal("arxiv-rss", first.Source);
    }

    [Fact]
    public async Task A_source_that_fails_stops_no_other_and_is_asked_again()
    {
        var up = false;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path.StartsWithSegments("/rss") && !up ? 503 : 200;
            return context.Response.WriteAsync(context.Request.Path.StartsWithSegments("/rss") ? Feeds.Rss(Feeds.Item("2601.00003", "Third paper", "cs.CL")) : """[{"paper":{"id":"2601.00009","title":"From the other door"}}]""");
        });
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday),
            ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Url", $"{server.Url}/rss/"), ("Sources:0:Categories:0", "cs.CL"),
            ("Sources:1:Kind", "huggingface"), ("Sources:1:Url", $"{server.Url}/api/daily_papers"));
        var report = await room.HarvestAsync();
        Assert.Contains("503", report.Sources[0].Failure, StringComparison.Ordinal);
        Assert.Equal(1, report.Sources[1].NewPapers);
        Assert.Equal(4, server.Asked.Count(asked => asked.PathAndQuery.StartsWith("/rss", StringComparison.Ordinal)));
        up = true;
        Assert.Equal(1, (await room.HarvestAsync()).NewPapers);
    }

    [Fact]
    public async Task Replacements_and_withdrawals_are_never_new_and_a_second_version_is_no_second_paper()
    {
        var feed = Feeds.Rss(
            Feeds.Item("2601.00001", "A new paper", "cs.CL"),
            Feeds.Item("2501.00001", "An old paper again", "cs.CL", "replace", 3),
            Feeds.Item("2501.00002", "Another one", "cs.CL", "replace-cross", 2),
            Feeds.Item("2501.00003", "Gone", "cs.CL", "cross", 2, "This paper has been withdrawn by the author due to an error."));
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(feed));
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Url", server.Url), ("Sources:0:Categories:0", "cs.CL"));
        Assert.Equal(1, (await room.HarvestAsync()).NewPapers);
        feed = Feeds.Rss(Feeds.Item("2601.00001", "A new paper, now better", "cs.LG", "cross", 2));
        Assert.Equal(0, (await room.HarvestAsync()).NewPapers);
        var paper = Assert.Single(await room.PapersAsync());
        Assert.Equal(("A new paper", 2), (paper.Title, paper.Version));
        Assert.Equal(["cs.CL", "cs.LG"], paper.Categories);
    }

    [Fact]
    public async Task A_bad_line_is_set_aside_with_its_place_and_the_rest_goes_on()
    {
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "file"), ("Sources:0:Name", "ours"), ("Sources:0:Path", "bad.jsonl"));
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllLinesAsync(path, ["""{"title":"Good one"}""", "{not json", """{"abstract":"no title"}""", "[]"]);
        await using var other = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "file"), ("Sources:0:Path", path));
        var report = Assert.Single((await other.HarvestAsync()).Sources);
        Assert.Equal((1, 1, 3), (report.Entries, report.NewPapers, report.SetAside));
        Assert.Contains("there is no such file", Assert.Single((await room.HarvestAsync()).Sources).Failure, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task ArXiv_is_asked_once_in_three_seconds_whatever_the_source_and_told_who_we_are()
    {
        var clock = new SkippingClock(Monday);
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00001", "A paper", "cs.CL"))), clock);
        await using var room = await PapersRoom.OpenAsync(clock, ("Contact", "digest@example.org"),
            ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Name", "a"), ("Sources:0:Url", $"{server.Url}/a"), ("Sources:0:Categories:0", "cs.CL"),
            ("Sources:1:Kind", "arxiv-rss"), ("Sources:1:Name", "b"), ("Sources:1:Url", $"{server.Url}/b"), ("Sources:1:Categories:0", "cs.LG"));
        await room.HarvestAsync();
        await room.HarvestAsync();
        var times = server.Asked.Select(asked => asked.At).ToList();
        Assert.Equal(4, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(3)));
        Assert.All(server.Asked, asked => Assert.Matches(@"^Digest/\d+\.\d+\.\d+ \(\+mailto:digest@example\.org\)$", asked.Headers["User-Agent"]));
    }

    [Theory]
    [InlineData("https://rss.arxiv.org/rss/cs.CL", true)]
    [InlineData("https://ARXIV.org/a/someone.atom2", true)]
    [InlineData("https://notarxiv.org/feed", false)]
    [InlineData("https://arxiv.org.example.net/feed", false)]
    public void A_plain_feed_of_arXivs_waits_at_arXivs_gate_too(string address, bool owned) => Assert.Equal(owned, Arxiv.Owns(new Uri(address)));

    [Fact]
    public async Task A_joined_feed_at_its_cap_is_asked_for_in_parts()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            var categories = context.Request.Path.Value!.TrimStart('/').Split('+');
            var items = categories.SelectMany(category => Enumerable.Range(0, 900).Select(i => Feeds.Item($"2601.{(category[^1] - 'A') * 900 + i:00000}", $"Paper {i} of {category}", category)));
            return context.Response.WriteAsync(Feeds.Rss([.. items.Take(2000)]));
        });
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Url", server.Url),
            ("Sources:0:Categories:0", "x.A"), ("Sources:0:Categories:1", "x.B"), ("Sources:0:Categories:2", "x.C"), ("Sources:0:Categories:3", "x.D"));
        Assert.Equal(3600, (await room.HarvestAsync()).NewPapers);
        Assert.Equal(["/x.A+x.B+x.C+x.D", "/x.A+x.B", "/x.C+x.D"], server.Asked.Select(asked => asked.PathAndQuery));
    }
}
