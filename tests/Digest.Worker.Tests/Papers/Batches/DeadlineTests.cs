using Digest.Worker.Papers.Batches;
using Microsoft.AspNetCore.Http;

namespace Digest.Worker.Tests.Papers.Batches;

/// <summary>Issues wait for every kind of source alike, until its deadline; and what was missing is told of until it came.</summary>
public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 0, 0, 0, TimeSpan.Zero);
    private readonly SkippingClock clock = new(Monday);
    private bool up;

    [Theory]
    [InlineData("feed")]
    [InlineData("huggingface")]
    [InlineData("openreview")]
    [InlineData("biorxiv")]
    [InlineData("crossref")]
    [InlineData("openalex")]
    [InlineData("pubmed")]
    public async Task A_source_without_a_calendar_is_waited_for_from_the_beginning_of_the_day(string kind)
    {
        await using var server = await LoopbackHttp.StartAsync(AnswerAsync);
        await using var room = await PapersRoom.OpenAsync(clock, ("Deadline", "06:00:00"), ("Sources:0:Kind", kind), ("Sources:0:Name", "main"), ("Sources:0:Url", $"{server.Url}/down"), ("Sources:0:Query", "x"),
            ("Sources:1:Kind", "feed"), ("Sources:1:Name", "other"), ("Sources:1:Url", $"{server.Url}/up"));
        Assert.Equal((false, Monday.AddHours(6)), await VerdictAsync(room, 5));
        Assert.Equal((true, null), await VerdictAsync(room, 6));
        Assert.Equal(["main Failed"], (await room.Get<BatchReading>().GapsAsync(Monday.AddHours(-18), CancellationToken.None)).Select(gap => $"{gap.Source} {gap.State}"));
    }

    [Fact]
    public async Task Where_no_source_answered_the_deadline_counts_from_the_first_failure()
    {
        await using var server = await LoopbackHttp.StartAsync(AnswerAsync);
        await using var room = await PapersRoom.OpenAsync(clock, ("Deadline", "06:00:00"), ("Sources:0:Kind", "feed"), ("Sources:0:Url", $"{server.Url}/down"),
            ("Sources:1:Kind", "arxiv-rss"), ("Sources:1:Url", $"{server.Url}/down"), ("Sources:1:Categories:0", "cs.CL"));
        Assert.Equal((false, Monday.AddHours(19)), await VerdictAsync(room, 13));
        Assert.Equal((false, Monday.AddHours(19)), await VerdictAsync(room, 18));
        Assert.Equal((true, null), await VerdictAsync(room, 19));
        // It has been waited for already: on the next day nobody waits again.
        Assert.Equal((true, null), await VerdictAsync(room, 24 + 13));
    }

    [Fact]
    public async Task A_dead_source_raises_one_alarm_after_its_deadline_and_the_late_answer_ends_it()
    {
        await using var server = await LoopbackHttp.StartAsync(AnswerAsync);
        await using var room = await PapersRoom.OpenAsync(clock, ("Deadline", "02:00:00"), ("Sources:0:Kind", "feed"), ("Sources:0:Name", "journal"), ("Sources:0:Url", $"{server.Url}/down"));
        await VerdictAsync(room, 1);
        Assert.Empty(await room.Get<Digest.Worker.Alerts.AlarmStore>().StandingAsync(CancellationToken.None));
        await VerdictAsync(room, 4);
        var alarm = Assert.Single(await room.Get<Digest.Worker.Alerts.AlarmStore>().StandingAsync(CancellationToken.None));
        Assert.Equal(("source/journal", "The source journal is late beyond its deadline: 2026-01-26 (failed)."), (alarm.Key, alarm.Sentence));
        up = true;
        await VerdictAsync(room, 30);
        Assert.Empty(await room.Get<Digest.Worker.Alerts.AlarmStore>().StandingAsync(CancellationToken.None));
        var gap = Assert.Single(await room.Get<BatchReading>().GapsAsync(Monday.AddHours(20), CancellationToken.None));
        Assert.Equal(("journal", BatchState.Whole), (gap.Source, gap.State));
    }

    private async Task<(bool Ready, DateTimeOffset? Until)> VerdictAsync(PapersRoom room, int hour)
    {
        clock.Set(Monday.AddHours(hour));
        await room.HarvestAsync();
        clock.Set(Monday.AddHours(hour));
        var verdict = await room.Get<BatchReading>().VerdictAsync(CancellationToken.None);
        return (verdict.Ready, verdict.WaitUntil is { } until ? new DateTimeOffset(until.Ticks - until.Ticks % TimeSpan.TicksPerHour, TimeSpan.Zero) : null);
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!up && context.Request.Path.Value!.Contains("down", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }
        return context.Response.WriteAsync(Feeds.Rss(Feeds.Item("2601.00001", "A good paper", "cs.CL")));
    }
}
