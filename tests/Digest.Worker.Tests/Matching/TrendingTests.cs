using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class TrendingTests
{
    private static readonly Paper[] Papers =
    [
        new() { Id = 1, WorkKey = "arxiv:2601.00001", Title = "A Survey of Everything", Upvotes = 50 },
        new() { Id = 2, WorkKey = "arxiv:2601.00002", Title = "A New Optimizer", Upvotes = 7, Categories = ["cs.LG"] },
        new() { Id = 3, WorkKey = "arxiv:2601.00003", Title = "Lattice QCD at Work", Abstract = "We survey nothing.", Upvotes = 20 },
        new() { Id = 4, WorkKey = "arxiv:2601.00004", Title = "A Quiet Paper" },
    ];

    [Theory]
    [InlineData("", "1,3,2,4")]
    [InlineData("-survey", "2,4")]
    [InlineData("-title:survey", "3,2,4")]
    [InlineData("not \"lattice QCD\"\n-cat:cs.LG", "1,4")]
    public void Without_interests_a_reader_gets_what_is_voted_for_and_not_excluded(string lines, string papers)
    {
        var profile = Profile.Parse(lines);
        Assert.True(profile.IsEmpty);
        Assert.Equal(papers, string.Join(',', new Trending(Papers).For(profile).Select(match => match.Paper.Id)));
    }

    [Fact]
    public void Votes_fade_and_where_nobody_voted_the_category_that_others_vote_for_goes_first()
    {
        Paper[] papers =
        [
            new() { Id = 1, WorkKey = "a:1", Title = "Many votes last week", Upvotes = 30, Announced = new DateOnly(2026, 1, 21), Categories = ["cs.CV"] },
            new() { Id = 2, WorkKey = "a:2", Title = "Some votes today", Upvotes = 10, Announced = new DateOnly(2026, 1, 28), Categories = ["cs.LG"] },
            new() { Id = 3, WorkKey = "a:3", Title = "None in a quiet category", Announced = new DateOnly(2026, 1, 28), Categories = ["math.AG"] },
            new() { Id = 4, WorkKey = "a:4", Title = "None in a popular one", Announced = new DateOnly(2026, 1, 28), Categories = ["cs.CV"] },
        ];
        Assert.Equal([2L, 1, 4, 3], new Trending(papers).For(Profile.Parse("")).Select(match => match.Paper.Id));
    }
}
