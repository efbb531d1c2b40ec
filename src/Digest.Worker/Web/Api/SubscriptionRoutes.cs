using System.Data.Common;
using Digest.Worker.Delivery;
using Digest.Worker.Papers.Batches;
using Digest.Worker.Retention;
using Digest.Worker.Retention.Story;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Api;

/// <summary>What happens with one subscription: pause, resume, leave; what the next issue would be, and all that is known.</summary>
internal sealed class SubscriptionRoutes(SubscriberStore store, Subscriptions subscriptions, SuppressionStore suppressions, Preview preview, PersonStore persons, SubscriberStory story, BatchReading batches, TimeProvider time) : IApiRoutes
{
    private const int UsualDays = 14;

    private static readonly IReadOnlyList<ApiParameter> One = [ApiParameter.Id("subscriber")];

    public IEnumerable<ApiRoute> Routes =>
    [
        Does("pause", "pauseSubscriber", "No issues until a moment, or until they resume", (call, transaction) => subscriptions.PauseAsync(transaction, call.Id, call.Body<PauseWish>().Until, null)) with { Body = typeof(PauseWish) },
        Does("resume", "resumeSubscriber", "Ends a pause, or takes back somebody who had left and asked to return", ResumeAsync),
        Does("unsubscribe", "unsubscribeSubscriber", "Ends the subscription, without a mail about it", (call, transaction) => subscriptions.UnsubscribeAsync(transaction, call.Id, confirm: false)),
        ApiRoute.Get("/subscribers/{id}/preview", "previewIssue", "The issue that this subscriber would get now; sends and changes nothing", PreviewAsync) with { Parameters = One, Answer = typeof(ApiPreview) },
        ApiRoute.Get("/subscribers/{id}/story", "tellSubscriber", "Of each of the last days whether a mail came and why none did, and all that happened", StoryAsync) with
        {
            Parameters = [.. One, ApiParameter.Whole("days", "How many days back; 14 where nothing is said.", 1, 400)],
            Answer = typeof(ToldStory),
        },
        ApiRoute.Get("/subscribers/{id}/export", "exportSubscriber", "All that is known of one person, as it is stored", ExportAsync) with { Parameters = One, Answer = typeof(IReadOnlyDictionary<string, object>) },
    ];

    private ApiRoute Does(string act, string name, string summary, Func<ApiCall, DbTransaction, Task<Outcome>> change) =>
        ApiRoute.Does(HttpMethods.Post, $"/subscribers/{{id}}/{act}", name, summary, async (call, transaction) =>
            await store.FindAsync(transaction, call.Id) is null ? SubscriberRoutes.Missing : SubscriberRoutes.Of(await change(call, transaction)))
            with
        { Parameters = One, Answer = typeof(ApiSubscriber) };

    /// <summary>A subscription of a suppressed address would compose issues that are never sent.</summary>
    private async Task<Outcome> ResumeAsync(ApiCall call, DbTransaction transaction) =>
        await store.FindAsync(transaction, call.Id) is { } reader && EmailAddress.TryFold(reader.Email, out var key, out _) && await suppressions.ReasonAsync(transaction, key) is { } reason
            ? Outcome.Refused($"the address is suppressed ({reason}): lift that first, where it can be lifted")
            : await subscriptions.ResumeAsync(transaction, call.Id, "api");

    private async Task<ApiAnswer> PreviewAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(call.Id, cancellationToken) is not { } subscriber)
            return SubscriberRoutes.Missing;
        var (issue, content) = await preview.ShownAsync(subscriber, time.GetUtcNow(), cancellationToken);
        return ApiAnswer.Of(new ApiPreview(content.Subject, content.Html, content.Text, [.. issue.Choices.Select(ApiMatch.Of)]));
    }

    private async Task<ApiAnswer> StoryAsync(ApiCall call, CancellationToken cancellationToken) => await store.FindAsync(call.Id, cancellationToken) is { } subscriber
        ? ApiAnswer.Of(await story.TellAsync(subscriber, (int)(call.Whole("days") ?? UsualDays), (await batches.VerdictAsync(cancellationToken)).Waits, cancellationToken))
        : SubscriberRoutes.Missing;

    private async Task<ApiAnswer> ExportAsync(ApiCall call, CancellationToken cancellationToken) =>
        await store.FindAsync(call.Id, cancellationToken) is null ? SubscriberRoutes.Missing : ApiAnswer.Of(await persons.ReadAsync(call.Id, cancellationToken));
}
