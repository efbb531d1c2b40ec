using Digest.Templates;
using Digest.Worker.Issues;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Issues;

/// <summary>What a receipt says of the days before: since when nothing is missing.</summary>
public sealed class ReceiptTests
{
    private static readonly DateOnly Today = new(2026, 1, 26);

    [Theory]
    [InlineData("whole", false, "2026-01-19")]
    [InlineData("holiday", false, "2026-01-19")]
    [InlineData("partial", false, "2026-01-23")]
    [InlineData("failed", false, "2026-01-23")]
    [InlineData("whole", true, "2026-01-23")]
    public async Task It_names_the_first_day_since_when_all_was_whole_and_in_time(string fourDaysAgo, bool late, string since)
    {
        var receipt = (await ComposedAsync(Today.AddDays(-4), BatchStates.Parse(fourDaysAgo), late)).Receipt;
        Assert.Empty(receipt.Gaps!);
        Assert.Equal(DateOnly.Parse(since, System.Globalization.CultureInfo.InvariantCulture), receipt.WholeSince);
    }

    [Fact]
    public async Task Where_something_is_missing_it_does_not_say_that_nothing_is()
    {
        var receipt = (await ComposedAsync(Today, BatchState.Failed, late: false)).Receipt;
        Assert.Equal(["journal Failed"], receipt.Gaps!.Select(gap => $"{gap.Source} {gap.State}"));
        Assert.Null(receipt.WholeSince);
    }

    [Fact]
    public async Task The_mail_says_it()
    {
        var mail = new IssueRendering(MailTemplates.Load(null)).Render(await ComposedAsync(Today.AddDays(-4), BatchState.Failed, late: false), "Digest", new MailFooter { Recipient = "ada@example.org", ReplyTo = "digest@example.org" });
        Assert.Contains("nothing missing since 23 January 2026", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("nothing missing since 23 January 2026", mail.Html, StringComparison.Ordinal);
    }

    private static async Task<Issue> ComposedAsync(DateOnly odd, BatchState state, bool late)
    {
        await using var room = await ComposeRoom.OpenAsync(("Papers:Sources:0:Kind", "feed"), ("Papers:Sources:0:Name", "journal"), ("Papers:Sources:0:Url", "http://127.0.0.1:9/feed"));
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring");
        await room.ArriveAsync("graph coloring", 3);
        for (var day = Today.AddDays(-7); day <= Today; day = day.AddDays(1))
        {
            var (its, midnight) = (day == odd ? state : BatchState.Whole, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
            await room.Installation.Get<BatchStore>().SaveAsync(new Batch
            {
                Source = "journal",
                Day = day,
                State = its,
                CheckedAt = midnight,
                SettledAt = !BatchStates.IsSettled(its) ? null : midnight.AddHours(day == odd && late ? 20 : 1),
                FailedSince = day == odd && late ? midnight : null,
            }, CancellationToken.None);
        }
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        return await room.NewestAsync(ada.Id);
    }
}
