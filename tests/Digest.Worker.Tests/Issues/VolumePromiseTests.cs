using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Issues;

public sealed class VolumePromiseTests
{
    /// <summary>Four weeks of days of very different size: the promise is about the week, not the day.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(8, 2)]
    [InlineData(2, 3)]
    public void The_week_is_kept_good_days_bring_more_and_no_seven_days_bring_too_much(double perDay, int seed)
    {
        var random = new Random(seed);
        var index = new ProfileIndex();
        index.Add(1, "graph\nneural\nmatching");
        var (all, sent, sizes) = (new List<(int Day, Paper Paper)>(), new HashSet<long>(), new List<int>());
        for (var day = 0; day < 35; day++)
        {
            var count = day % 7 >= 5 ? 0 : random.Next(10, 60);
            for (var i = 0; i < count; i++)
                all.Add((day, Paper(all.Count + 1, random)));
            List<Paper> week = [.. all.Where(one => one.Day > day - 7).Select(one => one.Paper)];
            var promise = new VolumePromise(perDay, 1, sizes.TakeLast(6).Sum(), Math.Min(6, sizes.Count));
            var chosen = 0;
            if (week.Count > 0)
            {
                var run = index.Over([.. week.Select(paper => new Digest.Worker.Matching.Reading.PaperReading(paper))], null);
                if (index.Match(run, 1, 200, (_, paper) => !sent.Contains(paper.Id)) is { } offered)
                {
                    chosen = promise.Cut(offered, index.Match(run, 1, promise.AboveBorder, null));
                    sent.UnionWith(Enumerable.Range(0, chosen).Select(place => offered.Paper(place).Id));
                }
            }
            sizes.Add(chosen);
        }
        for (var day = 6; day < sizes.Count; day++)
            Assert.True(sizes.Skip(day - 6).Take(7).Sum() <= Math.Round(perDay * 7), string.Join(' ', sizes));
        Assert.InRange(sizes.Skip(7).Sum() / 28.0, 0.85 * perDay, perDay + 0.1);
        Assert.True(sizes.Skip(7).Max() > perDay, string.Join(' ', sizes));
    }

    [Fact]
    public void A_profile_that_finds_little_gets_all_of_it()
    {
        var index = new ProfileIndex();
        index.Add(1, "graph");
        var run = index.Over([.. Enumerable.Range(1, 3).Select(id => new Digest.Worker.Matching.Reading.PaperReading(new Paper { Id = id, WorkKey = $"t:{id}", Title = "graph" }))], null);
        var found = index.Match(run, 1, 200, null)!;
        Assert.Equal(3, new VolumePromise(8, 1, 4, 6).Cut(found, found));
    }

    [Theory]
    [InlineData(8, 1, 48, 6, 56, 8)]
    [InlineData(8, 1, 0, 0, 56, 16)]
    [InlineData(8, 1, 20, 6, 84, 16)]
    [InlineData(8, 1, 56, 6, 56, 0)]
    [InlineData(2, 7, 0, 0, 14, 14)]
    [InlineData(0.5, 1, 3, 6, 4, 1)]
    public void What_the_week_owes_widens_the_border_and_what_it_had_bounds_the_issue(double perDay, int days, int sent, int served, int above, int most)
    {
        var promise = new VolumePromise(perDay, days, sent, served);
        Assert.Equal((above, most), (promise.AboveBorder, promise.Most));
    }

    private static Paper Paper(int id, Random random) => new()
    {
        Id = id,
        WorkKey = $"test:{id}",
        Title = string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(random))),
        Abstract = string.Join(' ', Enumerable.Range(0, 30).Select(_ => Word(random))),
    };

    private static string Word(Random random) => random.Next(60) switch { 0 => "graph", 1 => "neural", 2 => "matching", var other => $"word{other}" };
}
