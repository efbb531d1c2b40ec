using System.ComponentModel;
using Digest.Worker.Issues;

namespace Digest.Worker.Web.Api;

/// <summary>The issues that were composed, empty ones too.</summary>
internal sealed class IssueRoutes(IssueReadingStore store) : IApiRoutes
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/issues", "listIssues", "Issues, newest first", async (call, stopping) => ApiPage<ApiIssueLine>.Of(
            await store.PageAsync(call.Whole("subscriber"), call.Cursor ?? long.MaxValue, call.Limit + 1, stopping), call.Limit, ApiIssueLine.Of, (last, _) => last.Id))
            with { Parameters = [ApiParameter.Whole("subscriber", "Only those of this subscriber.", 1, long.MaxValue), .. ApiParameter.Paging], Answer = typeof(ApiPage<ApiIssueLine>) },
        ApiRoute.Get("/issues/{id}", "getIssue", "One issue: its papers, why each is in it, and what became of the rest", async (call, stopping) =>
            await store.FindAsync([call.Id], stopping) is [var issue] ? ApiAnswer.Of(ApiIssue.Of(issue)) : ApiAnswer.Of(Problem.NotFound("issue of this number")))
            with { Parameters = [ApiParameter.Id("issue")], Answer = typeof(ApiIssue) },
    ];
}

internal sealed record ApiIssueLine(
    long Id, long SubscriberId,
    [property: Description("The slot that it answers")] DateTimeOffset DueAt,
    DateTimeOffset ComposedAt,
    [property: Description("The day in the reader's own zone")] DateOnly Date,
    int Papers)
{
    public static ApiIssueLine Of(ListedIssue issue) => new(issue.Id, issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, (int)issue.Papers);
}

internal sealed record ApiIssue(long Id, long SubscriberId, DateTimeOffset DueAt, DateTimeOffset ComposedAt, DateOnly Date, bool Trending, ApiReceipt Receipt, IReadOnlyList<ApiMatch> Papers)
{
    public static ApiIssue Of(Issue issue) => new(issue.Id, issue.SubscriberId, issue.DueAt, issue.ComposedAt, issue.LocalDate, issue.Trending,
        new ApiReceipt(issue.Receipt.Announced, issue.Receipt.InCategories, issue.Receipt.Matched, issue.Receipt.Sent, issue.Receipt.HeldOver), [.. issue.Choices.Select(ApiMatch.Of)]);
}

internal sealed record ApiReceipt(
    [property: Description("Papers that arrived since the last issue")] int Announced,
    [property: Description("Those in the categories that the profile names; null where it names none")] int? InCategories,
    [property: Description("Those that fit")] int Matched,
    [property: Description("Those in the issue")] int Sent,
    [property: Description("Those that wait for the next one")] int HeldOver);
