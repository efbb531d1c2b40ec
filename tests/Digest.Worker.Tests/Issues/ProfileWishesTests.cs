using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Issues;

/// <summary>Lines of a profile that are no interests: "about 3 a day", "rest of cs.LG".</summary>
public sealed class ProfileWishesTests
{
    [Fact]
    public async Task About_so_many_a_day_is_kept_over_the_week_whatever_the_cap()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring\nabout 3 a day", new SubscriberDraft { Cap = "2" });
        var (sizes, titles) = (new List<int>(), new List<string>());
        foreach (var arriving in new[] { 4, 0, 12, 1, 5, 0, 0, 6, 2, 3, 8, 0, 1, 1 })
        {
            await room.ArriveAsync("graph coloring", arriving, 1 + (20 * sizes.Count));
            room.Clock.Advance(TimeSpan.FromDays(1));
            await room.ComposeAsync();
            var issue = await room.NewestAsync(ada.Id);
            sizes.Add(issue.Choices.Count);
            titles.AddRange(issue.Choices.Select(choice => choice.Paper.Title));
        }
        Assert.Equal(titles.Count, titles.Distinct().Count());
        for (var day = 6; day < sizes.Count; day++)
            Assert.InRange(sizes.Skip(day - 6).Take(7).Sum(), 15, 21);
        Assert.True(sizes.Max() > 3, string.Join(' ', sizes));
    }

    [Fact]
    public async Task The_rest_of_a_category_follows_as_titles_and_nothing_of_it_waits()
    {
        await using var room = await ComposeRoom.OpenAsync();
        var ada = await Readers.AddAsync(room.Installation, "ada@example.org", "graph coloring\nrest of cs.LG\n-survey", new SubscriberDraft { Cap = "1" });
        await room.ArriveAsync("graph coloring", 2);
        await ArriveAsync(room, "cs.LG", "An optimizer", "A survey of optimizers", "A network");
        await ArriveAsync(room, "math.AG", "A sheaf");
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.ComposeAsync();
        var issue = await room.NewestAsync(ada.Id);
        Assert.False(issue.Trending);
        Assert.Equal(["Number 1 on graph coloring in practice", "An optimizer", "A network"], issue.Choices.Select(choice => choice.Paper.Title));
        Assert.Equal(["graph coloring", "", ""], issue.Choices.Select(choice => choice.Reason.Interest));
        Assert.Equal((1, 3), (issue.Receipt.HeldOver, issue.Receipt.InCategories));
        Assert.Equal(1, await Readers.WaitingAsync(room.Installation));
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.ComposeAsync();
        Assert.Equal(["Number 2 on graph coloring in practice"], await room.TitlesAsync(ada.Id));
    }

    [Theory]
    [InlineData("rest of cs.LG", "cs.lg")]
    [InlineData("The rest of cat:neuroscience and math.*", "neuroscience,math.*")]
    [InlineData("rest of hep-ex, stat.ML.", "hep-ex,stat.ml")]
    [InlineData("rest of the world", "")]
    [InlineData("rest of", "")]
    public void Only_categories_have_a_rest(string line, string categories)
    {
        var profile = Digest.Worker.Matching.Profile.Parse(line);
        Assert.Equal(categories, string.Join(',', profile.Rest));
        Assert.Equal(categories.Length == 0 ? 1 : 0, profile.Interests.Count + profile.Problems.Count);
        Assert.False(profile.IsEmpty && categories.Length > 0);
    }

    [Fact]
    public async Task A_welcome_looks_back_the_same_way_each_time()
    {
        await using var room = await ComposeRoom.OpenAsync();
        await room.ArriveAsync("graph coloring", 7, upvotes: 3);
        room.Clock.Advance(TimeSpan.FromDays(1));
        var look = room.Installation.Get<WelcomeLook>();
        var yesterday = DateOnly.FromDateTime(ComposeRoom.Monday.UtcDateTime);
        var first = await look.LookBackAsync(["graph coloring", "", "-survey", "protein folding"], yesterday, CancellationToken.None);
        Assert.Equal((1, 7, 5), (first[0]!.Days, first[0]!.Matched, first[0]!.Best.Count));
        Assert.Equal([true, true, false], first.Skip(1).Select(one => one is null));
        Assert.Equal(0, first[3]!.Matched);
        await room.ArriveAsync("graph coloring", 9, 20);
        var again = await look.LookBackAsync(["graph coloring"], yesterday, CancellationToken.None);
        Assert.Equal(first[0]!.Best.Select(paper => paper.Title), again[0]!.Best.Select(paper => paper.Title));
        Assert.Null((await look.LookBackAsync(["graph coloring"], yesterday.AddDays(60), CancellationToken.None))[0]);
    }

    private static Task<int> ArriveAsync(ComposeRoom room, string category, params string[] titles) =>
        room.Installation.Get<PaperStore>().AddAsync("test", new Fetched([.. titles.Select(title => new PaperEntry { Id = title, Title = title, Categories = [category] })], [], null), room.Clock.GetUtcNow(), CancellationToken.None);
}
