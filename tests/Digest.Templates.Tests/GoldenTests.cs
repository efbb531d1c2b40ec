using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

public sealed class GoldenTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("zh")]
    [InlineData("ja")]
    public void An_issue_with_one_of_everything(string language) =>
        GoldenFile.Check("issue-" + language, Samples.Templates.Render(Samples.FullIssue(language)));

    [Fact]
    public void A_trending_issue() => GoldenFile.Check("trending", Samples.Templates.Render(Samples.FullIssue() with
    {
        Trending = true,
        Interests = [],
        HeldOver = 0,
        Papers = [.. Enumerable.Range(1, 23).Select(i => Samples.Paper(i) with { Upvotes = 50 - i })],
        Receipt = new IssueReceipt(592, null, 23, 23, 0, [new ReceiptGap("arXiv", GapKind.Absent, [new DateOnly(2026, 2, 1)]), new ReceiptGap("Hugging Face", GapKind.Late, [new DateOnly(2026, 1, 30), new DateOnly(2026, 1, 31)])]),
    }));

    [Fact]
    public void An_issue_without_papers() =>
        GoldenFile.Check("empty", Samples.Templates.Render(Samples.FullIssue() with { Papers = [], HeldOver = 0 }));

    [Theory]
    [InlineData(LetterKind.Welcome)]
    [InlineData(LetterKind.Confirmation)]
    [InlineData(LetterKind.Unsubscribed)]
    [InlineData(LetterKind.Paused)]
    [InlineData(LetterKind.Answer)]
    [InlineData(LetterKind.Alarm)]
    public void A_letter(LetterKind kind) =>
        GoldenFile.Check("letter-" + kind.ToString().ToLowerInvariant(), Samples.Templates.Render(Samples.Letter(kind)));
}
