using Dapper;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Retention.Story;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Tests.Support;
using Digest.Worker.Tests.Web;
using Microsoft.Extensions.Time.Testing;

namespace Digest.Worker.Tests.Retention;

/// <summary>Why somebody got no mail on a day.</summary>
public sealed class StoryTests
{
    /// <summary>A Monday, an hour before the issues.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 1, 26, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_day_says_whether_a_mail_came_and_why_none_did()
    {
        var clock = new FakeTimeProvider(Monday);
        await using var installation = await Installation.CreateAsync(clock);
        var reader = await Readers.AddAsync(installation, "ada@example.org", "graph networks", new SubscriberDraft { Cadence = "weekdays", Hour = "7" });
        await DayAsync(installation, clock, "Graph networks one");   // Monday: an issue
        await SqlAsync(installation, "update outbox set state = 'sent', settled_at = '2026-01-26T07:00:05.000Z', answer = '250 ok' where issue_id = (select min(id) from issue)");
        await DayAsync(installation, clock, "Diffusion");            // Tuesday: nothing fits
        await DayAsync(installation, clock, "Graph networks two");   // Wednesday: an issue, given up
        await SqlAsync(installation, "update outbox set state = 'expired', attempts = 3, answer = '450 greylisted' where issue_id = (select id from issue where local_date = '2026-01-28')");
        await installation.Get<OwnWishes>().PauseAsync(reader.Id, new DateOnly(2026, 1, 30));
        await DayAsync(installation, clock, "Graph networks three"); // Thursday: paused
        await DayAsync(installation, clock, "Graph networks four");  // Friday: an issue, in doubt
        await DayAsync(installation, clock, "Graph networks five");  // Saturday: none falls
        await SqlAsync(installation, "update outbox set state = 'in_doubt' where issue_id = (select id from issue where local_date = '2026-01-30')");
        clock.SetUtcNow(Monday.AddDays(7).AddMinutes(30));           // Monday: still to come

        var days = (await TellAsync(installation, reader.Id, null)).Days.ToDictionary(day => day.Day.Day, day => day.Verdict);
        Assert.Equal("Not subscribed yet.", days[25]);
        Assert.Equal("An issue with 1 paper was sent at 07:00 (250 ok).", days[26]);
        Assert.Equal("An issue was composed at 07:00 and had no papers: 1 announced, 0 fitting. Mails on empty days are not wanted.", days[27]);
        Assert.Equal("An issue with 1 paper was given up: no server took it before the next one was due (450 greylisted). Its papers wait for the next.", days[28]);
        Assert.Equal("No issue was composed: the reader changed the subscription on 2026-01-29 (a pause, the hour or the cadence).", days[29]);
        Assert.Equal("An issue with 1 paper was handed to the server, whose final answer was lost: it may have arrived.", days[30]);
        Assert.Equal("No issue falls on this day: weekdays.", days[31]);
        Assert.Equal("The issue of this day is due at 07:00.", days[2]);

        clock.Advance(TimeSpan.FromHours(1));
        var waiting = (await TellAsync(installation, reader.Id, "issues wait for arXiv")).Days[0].Verdict;
        Assert.Equal("The issue is due since 07:00 and not composed yet: issues wait for arXiv.", waiting);
        await installation.Get<Subscriptions>().SuppressAsync(reader.Id, "bounced", null, CancellationToken.None);
        var story = await TellAsync(installation, reader.Id, null);
        Assert.Equal(("Had left: unsubscribed on 2026-02-02 (bounced).", "bounced"), (story.Days[0].Verdict, story.Suppression));
        Assert.Equal("left", story.Events[0].What);
        Assert.Contains(story.Events, one => one.What == "changed by the reader");
    }

    [Fact]
    public async Task Who_was_asked_to_confirm_and_did_not_gets_nothing_else()
    {
        var clock = new FakeTimeProvider(Monday);
        await using var installation = await Installation.CreateAsync(clock);
        var reader = await Readers.AddAsync(installation, "ada@example.org", letter: Digest.Worker.Outbox.MailKind.Confirmation);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.StartsWith("Not confirmed yet", (await TellAsync(installation, reader.Id, null)).Days[0].Verdict, StringComparison.Ordinal);
    }

    private static async Task DayAsync(Installation installation, FakeTimeProvider clock, string title)
    {
        await installation.Get<PaperStore>().AddAsync("test", new Fetched([SiteRoom.Paper($"26{clock.GetUtcNow():MM.ddHHm}", title, $"{clock.GetUtcNow():yyyy-MM-dd}")], [], null), clock.GetUtcNow(), CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(1));
        await installation.Get<ComposeIssues>().RunAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(23));
    }

    private static async Task<ToldStory> TellAsync(Installation installation, long id, string? waits) =>
        await installation.Get<SubscriberStory>().TellAsync(await Readers.FindAsync(installation, id), 20, waits, CancellationToken.None);

    private static Task<int> SqlAsync(Installation installation, string sql) =>
        installation.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);
}
