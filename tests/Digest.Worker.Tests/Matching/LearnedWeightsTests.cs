using Digest.Worker.Matching;
using Digest.Worker.Matching.Learning;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

/// <summary>What thumbs taught moves papers a little and readably, and hides none.</summary>
public sealed class LearnedWeightsTests
{
    [Fact]
    public void Words_lift_and_lower_and_their_part_stands_in_the_arithmetic()
    {
        Match[] matches = [Of(1, "a survey of caches", 10, "abstract"), Of(2, "speculative decoding on telephones", 9, "abstract"), Of(3, "something else", 9.5, "abstract")];
        var moved = LearnedWeights.Parse(["+ speculative decoding", "-- survey", "no line", "+", ""]).Over(matches);
        Assert.Equal([2, 3, 1], moved.Select(match => match.Paper.Id));
        Assert.Equal([9.9, 9.5, 8], moved.Select(match => Math.Round(match.Score, 6)));
        foreach (var match in moved)
            Assert.Equal(match.Score, match.Reason.Parts.Values.Sum(), 6);
        Assert.Equal((0.9, -2.0), (Math.Round(moved[0].Reason.Parts[LearnedWeights.Part], 6), Math.Round(moved[2].Reason.Parts[LearnedWeights.Part], 6)));
        Assert.DoesNotContain(LearnedWeights.Part, moved[1].Reason.Parts.Keys);
        Assert.Equal(["+ a b", "--- c"], new[] { LearnedWeights.Write("a b", 1), LearnedWeights.Write("c", -3) });
    }

    [Fact]
    public void An_exact_hit_is_not_lowered_and_keeps_its_place_in_the_issue()
    {
        Match[] matches = [Of(1, "a survey of x", 10, "title"), Of(2, "a survey of y", 9.9, "abstract"), Of(3, "caches", 9, "abstract"), Of(4, "caches again", 8.9, "abstract"), Of(5, "caches thrice", 8.8, "title")];
        var taught = LearnedWeights.Parse(["--- survey", "+++ caches"]);
        var chosen = taught.Choose(matches, 2);
        // Both "caches" and the third outweigh it, and yet the exact hit stays among the two.
        Assert.Equal([3, 1], chosen.Take(2).Select(match => match.Paper.Id));
        Assert.Equal(10, chosen.Single(match => match.Paper.Id == 1).Score);
        Assert.Equal([1, 2, 3, 4, 5], chosen.Select(match => match.Paper.Id).Order());
    }

    [Fact]
    public void However_many_words_a_paper_has_it_moves_by_three_tenths_and_no_paper_is_lost()
    {
        var random = new Random(7);
        string[] words = ["survey", "caches", "graphs", "decoding", "proteins", "lattices"];
        for (var run = 0; run < 300; run++)
        {
            var matches = Enumerable.Range(1, random.Next(1, 40)).Select(id => Of(id, string.Join(' ', words.Where(_ => random.Next(2) == 0)) + " x", 1 + random.NextDouble() * 20, random.Next(3) == 0 ? "title" : "abstract")).ToList();
            matches.Sort(BestFirst.Order);
            var taught = new LearnedWeights([.. words.Select(word => (word, random.Next(-3, 4)))]);
            var count = random.Next(0, matches.Count + 1);
            var chosen = taught.Choose(matches, count);
            Assert.Equal(matches.Select(match => match.Paper.Id).Order(), chosen.Select(match => match.Paper.Id).Order());
            foreach (var before in matches)
            {
                var after = chosen.Single(match => match.Paper.Id == before.Paper.Id);
                Assert.InRange(after.Score / before.Score, before.Reason.Field == "title" ? 1 : 0.7 - 1e-9, 1.3 + 1e-9);
            }
            Assert.Empty(matches.Take(count).Where(match => match.Reason.Field == "title").Select(match => match.Paper.Id).Except(chosen.Take(count).Select(match => match.Paper.Id)));
        }
    }

    private static Match Of(long id, string title, double score, string field) => new(
        new Paper { Id = id, WorkKey = $"arxiv:{id}", Title = title }, score, new Reason("x", field, [], new Dictionary<string, double> { ["interest"] = score }));
}
