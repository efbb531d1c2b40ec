using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Tests.Papers.Batches;

public sealed class BatchJudgeTests
{
    private static readonly DateOnly Day = new(2026, 3, 4);

    [Theory]
    // announced, new and fresh of cs.CL; complete; maybe a holiday; late; expected state and a word of the detail
    [InlineData(100, 90, 90, true, false, false, "whole", "")]
    [InlineData(100, 90, 6, true, false, false, "partial", "cs.CL is stale: 6 of 90 are new")]
    [InlineData(100, 90, 90, false, false, false, "partial", "not complete")]
    [InlineData(20, 15, 15, true, false, false, "partial", "20 papers where about 100 are usual")]
    [InlineData(40, 36, 36, true, false, false, "whole", "")]
    [InlineData(0, 0, 0, true, false, false, "not yet", "empty")]
    [InlineData(0, 0, 0, true, true, false, "holiday", "holiday")]
    [InlineData(0, 0, 0, true, false, true, "holiday", "no calendar")]
    [InlineData(100, 5, 0, true, false, false, "whole", "")] // five old ones in a small category prove nothing
    public void The_state_follows_from_the_counts(int announced, int fresh, int unseen, bool complete, bool holiday, bool late, string state, string detail)
    {
        var seen = Of(Day, announced, new CategoryCount("cs.CL", announced, fresh, unseen));
        var past = Enumerable.Range(1, 6).Select(i => Of(Day.AddDays(-i), 100, new CategoryCount("cs.CL", 100, 90, 90))).ToList();
        var (found, said) = BatchJudge.Judge(seen, past, complete, holiday, late);
        Assert.Equal(state, BatchStates.ToText(found));
        Assert.Contains(detail, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_that_is_usually_there_and_is_not_is_missing()
    {
        var past = Enumerable.Range(1, 6).Select(i => Of(Day.AddDays(-i), 200, new CategoryCount("cs.CL", 100, 90, 90), new CategoryCount("cs.LG", 100, 90, 90))).ToList();
        var (state, detail) = BatchJudge.Judge(Of(Day, 110, new CategoryCount("cs.CL", 110, 100, 100), new CategoryCount("cs.LG", 0, 0, 0)), past, true, false, false);
        Assert.Equal((BatchState.Partial, "cs.LG is missing"), (state, detail));
    }

    [Fact]
    public void Without_experience_nothing_is_unusual() =>
        Assert.Equal(BatchState.Whole, BatchJudge.Judge(Of(Day, 3, new CategoryCount("cs.CL", 3, 3, 3)), [], true, false, false).State);

    private static Batch Of(DateOnly day, int announced, params CategoryCount[] counts) => new() { Source = "arXiv", Day = day, State = BatchState.Whole, Announced = announced, Counts = counts };
}
