using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Issues;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Delivery;

public sealed class OwedPapersTests
{
    [Fact]
    public async Task What_finds_no_room_is_not_sent_and_comes_with_the_next_issue()
    {
        await using var room = await ComposeRoom.OpenAsync(("Issues:HoldOverPapers", "200"));
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring", new SubscriberDraft { Cap = "100" });
        await room.Installation.Get<PaperStore>().AddAsync("test", new Fetched([.. Enumerable.Range(1, 100).Select(Long)], [], null), room.Clock.GetUtcNow(), CancellationToken.None);

        var seen = new List<string>();
        for (var day = 0; day < 4; day++)
        {
            room.Clock.Advance(TimeSpan.FromDays(1));
            if ((await room.ComposeAsync()).Composed == 0)
                break;
            var before = await room.NewestAsync(ada.Id);
            var mail = await RenderAsync(room, ada, before.Id);
            var after = await room.NewestAsync(ada.Id);
            Assert.DoesNotContain(ShownAs.Not, mail.Shown);
            Assert.Equal(after.Choices.Count, mail.Shown.Count);
            Assert.Equal((after.Choices.Count, before.Choices.Count - after.Choices.Count), (after.Receipt.Sent, after.Receipt.Owed));
            Assert.Equal(after.Receipt.Owed > 0, mail.Text.Contains($"and {after.Receipt.Owed} more, which come with your next issue", StringComparison.Ordinal));
            // A repeat finds the issue as it was left and gives the same octets.
            Assert.Equal(mail.Html, (await RenderAsync(room, ada, before.Id)).Html);
            seen.AddRange(after.Choices.Select(choice => choice.Paper.WorkKey));
            Assert.True(day > 0 || after.Choices.Count < 100, "a hundred such papers found room in one mail: the test tests nothing");
        }

        Assert.Equal(100, seen.Count);
        Assert.Equal(100, seen.Distinct().Count());
    }

    private static async Task<RenderedMail> RenderAsync(ComposeRoom room, Subscriber reader, long issue)
    {
        var mail = new ClaimedMail { Key = "k", Kind = MailKind.Issue, SubscriberId = reader.Id, IssueId = issue, Recipient = reader.Email, Payload = "{}", CreatedAt = room.Clock.GetUtcNow() };
        return (await room.Installation.Get<MailComposition>().RenderAsync(mail, CancellationToken.None))!;
    }

    // Titles and names that take as much room as a row gives them.
    private static PaperEntry Long(int number) => new()
    {
        Id = $"long-{number}",
        Title = $"Number {number} on graph coloring " + string.Join(' ', Enumerable.Repeat("図彩色問題の理論と実践", 24)),
        Abstract = "We study graph coloring once more.",
        Authors = [.. Enumerable.Range(1, 4).Select(i => string.Concat(Enumerable.Repeat("著者", 28)) + i)],
        Url = $"https://papers.example.org/{number}",
    };
}
