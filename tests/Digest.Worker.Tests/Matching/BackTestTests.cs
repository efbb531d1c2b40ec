using Digest.Worker.Matching;
using Digest.Worker.Matching.BackTesting;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class BackTestTests
{
    private static readonly DateOnly Monday = new(2026, 1, 26);

    [Fact]
    public void It_tells_the_days_the_best_what_is_silent_and_what_is_too_wide()
    {
        var test = new BackTest(Profile.Parse("flow matching\nlearning\nquantum gravity or unicorns\n-survey"));
        test.Add(Monday, Papers(0, 100));
        test.Add(Monday.AddDays(1), Papers(100, 100));
        var report = test.Report(5);
        Assert.Equal([(Monday, 100, 50), (Monday.AddDays(1), 100, 50)], report.Days.Select(day => (day.Day, day.Papers, day.Matched)));
        Assert.Equal(50, report.PerDay);
        Assert.Equal(5, report.Best.Count);
        Assert.All(report.Best, match => Assert.Equal("flow matching", match.Reason.Interest));
        Assert.Equal([("flow matching", 20), ("learning", 100), ("quantum gravity or unicorns", 0), ("-survey", 20)], report.Lines.Select(line => (line.Interest.Text, line.Papers)));
        Assert.Equal(["quantum gravity or unicorns"], report.Silent.Select(line => line.Interest.Text));
        Assert.Equal([("quantum", 10), ("gravity", 0), ("unicorn", 0)], report.Silent.Single().Words);
        Assert.Equal(["learning", "flow matching"], report.TooWide.Select(line => line.Interest.Text));
    }

    [Fact]
    public void It_suggests_what_stands_with_what_was_found_and_not_what_everybody_writes_or_the_profile_has()
    {
        var test = new BackTest(Profile.Parse("flow matching"));
        test.Add(Monday, Papers(0, 300));
        var suggestions = test.Report(5).Suggestions;
        Assert.Equal("optimal transport", suggestions[0].Text);
        Assert.Equal(30, suggestions[0].Found);
        Assert.Equal(0.1, suggestions[0].Share, 3);
        Assert.DoesNotContain(suggestions, one => one.Text.Contains("flow", StringComparison.Ordinal) || one.Text.Contains("study", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_of_a_day_are_one_day()
    {
        var test = new BackTest(Profile.Parse("learning"));
        test.Add(Monday, Papers(0, 40));
        test.Add(Monday, Papers(40, 60));
        Assert.Equal([(Monday, 100, 50)], test.Report(5).Days.Select(day => (day.Day, day.Papers, day.Matched)));
    }

    /// <summary>Every second on learning, every tenth of all on flow matching, every twentieth on quantum things; every tenth of those that neither matches is a survey.</summary>
    private static List<Paper> Papers(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new Paper
    {
        Id = i + 1,
        WorkKey = $"test:{i}",
        Title = (i % 10) switch
        {
            0 => $"Flow matching and optimal transport for learning number {i}",
            1 => $"A survey of chemistry number {i}",
            3 when i % 20 == 3 => $"Quantum things number {i}",
            var odd when odd % 2 == 1 => $"Chemistry number {i}",
            _ => $"Learning number {i}",
        },
        Abstract = "We study this matter once more.",
    })];
}
