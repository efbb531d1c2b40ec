using System.ComponentModel;
using System.Data.Common;
using Digest.Worker.Matching;
using Digest.Worker.Subscribers;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Api;

/// <summary>What readers want, and what wishes would bring.</summary>
internal sealed class ProfileRoutes(SubscriberStore store, Subscriptions subscriptions, ProfilePreview preview) : IApiRoutes
{
    private const int Best = 20;
    private const int UsualDays = 7;
    private const int MostDays = 30;

    private static readonly IReadOnlyList<ApiParameter> One = [ApiParameter.Id("subscriber")];

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/profiles/{id}", "getProfile", "The interests of a subscriber, and what is doubtful about them", async (call, stopping) =>
            await store.FindAsync(call.Id, stopping) is { } reader ? ApiAnswer.Of(Show(reader)) : SubscriberRoutes.Missing) with { Parameters = One, Answer = typeof(ApiProfile) },
        ApiRoute.Does(HttpMethods.Put, "/profiles/{id}", "replaceProfile", "Replaces the interests of a subscriber", ReplaceAsync) with { Parameters = One, Body = typeof(ProfileWish), Answer = typeof(ApiProfile) },
        ApiRoute.Ask("/profiles/preview", "previewProfile", "What interests would have brought in the last days", PreviewAsync) with { Body = typeof(ProfileQuestion), Answer = typeof(ApiProfilePreview) },
    ];

    private async Task<ApiAnswer> ReplaceAsync(ApiCall call, DbTransaction transaction)
    {
        if (await store.FindAsync(transaction, call.Id) is not { } reader)
            return SubscriberRoutes.Missing;
        if (NullAmong(call.Body<ProfileWish>().Interests) is { } fault)
            return fault;
        var draft = new SubscriberDraft { Interests = string.Join('\n', call.Body<ProfileWish>().Interests) };
        if (draft.Over(reader).Problems is { Count: > 0 } problems)
            return ApiAnswer.Of(Problem.Refused(problems));
        var outcome = await subscriptions.EditAsync(transaction, call.Id, draft);
        return outcome.Done ? ApiAnswer.Of(Show(outcome.Subscriber!)) with { SubscriberId = call.Id } : ApiAnswer.Of(Problem.Conflict(outcome.Problems));
    }

    private async Task<ApiAnswer> PreviewAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var question = call.Body<ProfileQuestion>();
        if (question.Days is < 1 or > MostDays)
            return ApiAnswer.Of(Problem.Faulty([new Fault("body", "/days", $"write a whole number from 1 to {MostDays}")]));
        if (NullAmong(question.Interests) is { } fault)
            return fault;
        var draft = new SubscriberDraft { Interests = string.Join('\n', question.Interests) };
        if (draft.Over(new Subscriber { Email = "" }).Problems is { Count: > 0 } problems)
            return ApiAnswer.Of(Problem.Refused(problems));
        var profile = Profile.Parse(draft.Interests);
        var look = profile.IsEmpty ? new LookBack(null, false) : await preview.LookBackAsync(profile, question.Days ?? UsualDays);
        if (look.Busy)
            return ApiAnswer.Of(Problem.Busy());
        var report = look.Test?.Report(Best);
        return ApiAnswer.Of(new ApiProfilePreview(
            report?.Days.Count ?? 0,
            report?.PerDay ?? 0,
            [.. (report?.Lines ?? []).Select(line => new ApiProfileLine(line.Interest.Text, line.Interest.Excludes, line.Papers))],
            [.. (report?.Suggestions ?? []).Select(one => one.Text)],
            [.. profile.Problems.Select(problem => problem.Text)],
            [.. (report?.Best ?? []).Select(ApiMatch.Of)]));
    }

    /// <summary>The serializer does not look into lists: one with a null in it would empty a profile.</summary>
    private static ApiAnswer? NullAmong(IReadOnlyList<string> interests) => interests.Any(line => (object?)line is null) ? ApiAnswer.Of(Problem.Faulty([new Fault("body", "/interests", "holds null: write text")])) : null;

    private static ApiProfile Show(Subscriber reader) => new(reader.Id, reader.Interests, [.. Profile.Parse(reader.Profile).Problems.Select(problem => problem.Text)]);
}

internal sealed record ProfileWish
{
    [Description("One line each, at most 200 lines; none means trending")]
    public required IReadOnlyList<string> Interests { get; init; }
}

internal sealed record ProfileQuestion
{
    public required IReadOnlyList<string> Interests { get; init; }

    [Description("Days of the calendar to look back, 1 to 30; 7 where nothing is said")]
    public int? Days { get; init; }
}

internal sealed record ApiProfile(long SubscriberId, IReadOnlyList<string> Interests, [property: Description("Lines that are read, but perhaps not as they were meant")] IReadOnlyList<string> Problems);

internal sealed record ApiProfilePreview(
    [property: Description("Days that had papers")] int Days,
    [property: Description("Papers a day, on average")] double PerDay,
    IReadOnlyList<ApiProfileLine> Lines,
    [property: Description("Words that go with what was found")] IReadOnlyList<string> Suggestions,
    IReadOnlyList<string> Problems,
    IReadOnlyList<ApiMatch> Best);

internal sealed record ApiProfileLine(string Text, bool Excludes, [property: Description("Papers that it found, or kept out")] int Papers);
