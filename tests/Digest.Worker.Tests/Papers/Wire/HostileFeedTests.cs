using System.IO.Compression;
using System.Text;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Wire;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers.Wire;

/// <summary>A source that is broken or means harm, next to a good one: it fails alone, in one line, and costs little.</summary>
public sealed class HostileFeedTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 12, 0, 0, TimeSpan.Zero);

    private const string Bomb =
        """
        <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <rss><channel><item><title>&c;</title></item></channel></rss>
        """;

    [Theory]
    [InlineData("bomb", "DTD")]
    [InlineData("xxe", "DTD")]
    [InlineData("html", "an HTML page")]
    [InlineData("plain", "not XML")]
    [InlineData("nothing", "empty")]
    [InlineData("longtag", "a tag of more than")]
    [InlineData("404", "answered 404")]
    [InlineData("406", "answered 406")]
    [InlineData("503", "answered 503")]
    [InlineData("zeros", "larger than 64 MB")]
    public async Task It_fails_in_one_line_and_the_others_go_on(string trick, string reason)
    {
        await using var inner = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync("secret"));
        await using var server = await LoopbackHttp.StartAsync(context => context.Request.Path == "/good" ? context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00001", "A good paper", "cs.CL"))) : TrickAsync(context, trick, inner.Url));
        await using var room = await WithBadFirst(server.Url);
        var report = await room.HarvestAsync();
        Assert.Contains(reason, report.Sources[0].Failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', report.Sources[0].Failure!);
        Assert.Equal("2601.00001", Assert.Single(await room.PapersAsync()).ShortId);
        Assert.Empty(inner.Asked);
        Assert.Equal(trick is "406" or "503" ? 4 : 1, server.Asked.Count(asked => asked.PathAndQuery == "/bad"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", "not public")]
    [InlineData("http://localhost:PORT/", "not public")]
    [InlineData("http://[::1]:PORT/", "not public")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/", "not public")]
    [InlineData("http://2130706433:PORT/", "not public")]
    [InlineData("http://0.0.0.0:PORT/", "not public")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "not public")]
    [InlineData("http://10.0.0.1/", "not public")]
    [InlineData("file:///etc/passwd", "refused to follow")]
    [InlineData("/bad", "more than 3 redirects")]
    public async Task No_redirect_leads_inside(string target, string reason)
    {
        await using var inner = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00666", "Stolen", "cs.CL"))));
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            if (context.Request.Path == "/good")
                return context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00001", "A good paper", "cs.CL")));
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = target.Replace("PORT", new Uri(inner.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        await using var room = await WithBadFirst(server.Url);
        var report = await room.HarvestAsync();
        Assert.Contains(reason, report.Sources[0].Failure, StringComparison.Ordinal);
        Assert.Empty(inner.Asked);
        Assert.Equal(1, report.Sources[1].NewPapers);
    }

    [Fact]
    public async Task A_redirect_on_the_configured_host_is_followed()
    {
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            if (context.Request.Path == "/new")
                return context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00002", "It moved", "cs.CL")));
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = "/new";
            return Task.CompletedTask;
        });
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "feed"), ("Sources:0:Url", $"{server.Url}/old"));
        Assert.Equal(1, (await room.HarvestAsync()).NewPapers);
    }

    [Fact]
    public async Task One_byte_at_a_time_is_cut_off()
    {
        await using var server = await LoopbackHttp.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync("<");
                await context.Response.Body.FlushAsync();
                await Task.Delay(50, context.RequestAborted);
            }
        });
        // Long enough for a busy machine to let the question in: one that never came would not be counted.
        await using var room = await PapersRoom.OpenAsync(TimeProvider.System, new WireLimits { AttemptTimeout = TimeSpan.FromSeconds(5), Retries = 1, LongestPause = TimeSpan.FromMilliseconds(10) },
            ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        Assert.Contains("did not answer within 5 s", Assert.Single((await room.HarvestAsync()).Sources).Failure, StringComparison.Ordinal);
        Assert.Equal(2, server.Asked.Count);
    }

    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("utf-8", "iso-8859-1")]
    [InlineData("iso-8859-1", "utf-8")]
    [InlineData("us-ascii", "utf-8")]
    public async Task A_wrong_charset_costs_no_letter(string declared, string used)
    {
        var feed = Feeds.Rss(Feeds.Item("2601.00001", "Sur les équations à coefficients entiers", "cs.CL", text: "First&nbsp;line.\u0002 &eacute;nd")).Replace("encoding='UTF-8'", $"encoding='{declared}'", StringComparison.Ordinal);
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.Body.WriteAsync(Encoding.GetEncoding(used).GetBytes(feed)).AsTask());
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        var report = await room.HarvestAsync();
        Assert.Null(report.Sources[0].Failure);
        var paper = Assert.Single(await room.PapersAsync());
        Assert.Equal(("Sur les équations à coefficients entiers", "Émilie du Châtelet"), (paper.Title, paper.Authors[1]));
        Assert.EndsWith("First line. énd", paper.Abstract, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_used_up_to_there_and_asked_for_again()
    {
        var feed = Feeds.Rss(Feeds.Item("2601.00001", "The first", "cs.CL"), Feeds.Item("2601.00002", "The second", "cs.CL"));
        var whole = false;
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"same\"";
            return context.Response.WriteAsync(whole ? feed : feed[..feed.IndexOf("The second", StringComparison.Ordinal)]);
        });
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "arxiv-rss"), ("Sources:0:Url", server.Url), ("Sources:0:Categories:0", "cs.CL"));
        var report = await room.HarvestAsync();
        Assert.Equal((1, 1), (report.NewPapers, report.Sources[0].SetAside));
        whole = true;
        Assert.Equal(new SourceReport("arxiv-rss", 2, 1, 0, null), Assert.Single((await room.HarvestAsync()).Sources));
        Assert.DoesNotContain(server.Asked, asked => asked.Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task A_provider_that_asks_us_to_stay_away_is_left_alone_until_then()
    {
        var clock = new SkippingClock(Monday);
        await using var server = await LoopbackHttp.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });
        await using var room = await PapersRoom.OpenAsync(clock, ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        await room.HarvestAsync();
        clock.Set(Monday.AddHours(1));
        Assert.Contains("stay away until 2026-01-26 14:00Z", (await room.HarvestAsync()).Sources[0].Failure, StringComparison.Ordinal);
        Assert.Single(server.Asked);
        clock.Set(Monday.AddHours(2).AddMinutes(1));
        await room.HarvestAsync();
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task An_entry_beyond_all_measure_is_set_aside_and_the_next_one_is_read()
    {
        var monster = $"<item><title>Deep</title>{string.Concat(Enumerable.Repeat("<a>", 100_000))}{string.Concat(Enumerable.Repeat("</a>", 100_000))}</item>";
        var feed = Feeds.Rss(monster, $"<item><title>Wide</title>{string.Concat(Enumerable.Repeat("<a/>", 300_000))}</item>", $"<item><title>{new string('x', 5 << 20)}</title></item>", Feeds.Item("2601.00001", "An honest one", "cs.CL"));
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(feed));
        await using var room = await PapersRoom.OpenAsync(new SkippingClock(Monday), ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        var report = Assert.Single((await room.HarvestAsync()).Sources);
        Assert.Equal((1, 3, null), (report.NewPapers, report.SetAside, report.Failure));
    }

    [Fact]
    public async Task Raw_answers_are_kept_for_their_days_and_no_longer()
    {
        var clock = new SkippingClock(Monday);
        await using var server = await LoopbackHttp.StartAsync(context => context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00001", "A paper", "cs.CL"))));
        await using var room = await PapersRoom.OpenAsync(clock, ("KeepRawDays", "2"), ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        for (var day = 0; day < 5; day++)
        {
            clock.Set(Monday.AddDays(day));
            await room.HarvestAsync();
        }
        Assert.Equal<string[]>(["2026-01-28", "2026-01-29", "2026-01-30"], [.. Directory.GetDirectories(Path.Combine(room.Folder, "raw")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)]);
        await using var forgetful = await PapersRoom.OpenAsync(clock, ("KeepRawDays", "0"), ("Sources:0:Kind", "feed"), ("Sources:0:Url", server.Url));
        await forgetful.HarvestAsync();
        Assert.Empty(Directory.GetFiles(Path.Combine(forgetful.Folder, "raw"), "*", SearchOption.AllDirectories));
    }

    private static Task<PapersRoom> WithBadFirst(string url) => PapersRoom.OpenAsync(new SkippingClock(Monday),
        ("Sources:0:Kind", "feed"), ("Sources:0:Name", "bad"), ("Sources:0:Url", $"{url}/bad"), ("Sources:1:Kind", "feed"), ("Sources:1:Name", "good"), ("Sources:1:Url", $"{url}/good"));

    private static Task TrickAsync(HttpContext context, string trick, string inner)
    {
        if (int.TryParse(trick, out var status))
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
        return trick switch
        {
            "bomb" => context.Response.WriteAsync(Bomb),
            "xxe" => context.Response.WriteAsync($"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{inner}/x">]><rss><channel><item><title>&x;</title></item></channel></rss>"""),
            "html" => context.Response.WriteAsync("<html><head><title>Sorry</title></head><body>We are having a moment.<br></body></html>"),
            "plain" => context.Response.WriteAsync("Rate exceeded."),
            "longtag" => context.Response.WriteAsync($"<rss x=\"{new string('x', 3 << 20)}\"/>"),
            "zeros" => ZerosAsync(context),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Ten gigabytes of zeros, packed as they go.</summary>
    private static async Task ZerosAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var zeros = new byte[1 << 20];
        for (var i = 0; i < 10_000 && !context.RequestAborted.IsCancellationRequested; i++)
            await packed.WriteAsync(zeros, context.RequestAborted);
    }
}
