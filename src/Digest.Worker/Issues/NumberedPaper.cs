namespace Digest.Worker.Issues;

/// <summary>A paper as its reader sees it in an issue.</summary>
/// <param name="Number">1 = the first.</param>
/// <param name="Interest">The interest that it is there for, as the reader wrote it; empty for trending.</param>
/// <param name="Likeness">An interest that finds papers like it.</param>
internal sealed record NumberedPaper(int Number, string Title, string Interest, string Likeness)
{
    public static IReadOnlyList<NumberedPaper> Of(Issue issue) =>
        [.. issue.Choices.Select((match, index) => new NumberedPaper(index + 1, match.Paper.Title, match.Reason.Interest, TitleInterest.Of(match.Paper.Title)))];
}
