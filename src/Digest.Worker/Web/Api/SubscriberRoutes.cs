using System.Data.Common;
using System.Globalization;
using Digest.Worker.Outbox;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Bounces;

namespace Digest.Worker.Web.Api;

/// <summary>Who subscribes: list, look for, take in, change, forget.</summary>
internal sealed class SubscriberRoutes(SubscriberStore store, Subscriptions subscriptions, BounceStore bounces) : IApiRoutes
{
    private static readonly string[] States = [.. Enum.GetNames<SubscriberState>().Select(name => name.ToLowerInvariant())];

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/subscribers", "listSubscribers", "All subscribers, in the order in which they came", (call, stopping) => FindAsync(null, call.Text("state"), call.Limit, call.Cursor, stopping))
            with { Parameters = [ApiParameter.OneOf("state", "Only those.", States), .. ApiParameter.Paging], Answer = typeof(ApiPage<ApiSubscriber>) },
        ApiRoute.Ask("/subscribers/search", "searchSubscribers", "Subscribers by a part of their address or name", SearchAsync) with { Body = typeof(SubscriberQuestion), Answer = typeof(ApiPage<ApiSubscriber>) },
        ApiRoute.Does(HttpMethods.Post, "/subscribers", "addSubscriber", "Takes somebody in", AddAsync) with { Body = typeof(NewSubscriber), Answer = typeof(ApiSubscriber), Status = StatusCodes.Status201Created },
        ApiRoute.Get("/subscribers/{id}", "getSubscriber", "One subscriber", async (call, stopping) => await store.FindAsync(call.Id, stopping) is { } found ? ApiAnswer.Of(ApiSubscriber.Of(found)) : Missing)
            with { Parameters = [ApiParameter.Id("subscriber")], Answer = typeof(ApiSubscriber) },
        ApiRoute.Does(HttpMethods.Patch, "/subscribers/{id}", "changeSubscriber", "Changes what is sent; the rest stays", ChangeAsync) with { Parameters = [ApiParameter.Id("subscriber")], Body = typeof(SubscriberChange), Answer = typeof(ApiSubscriber) },
        ApiRoute.Does(HttpMethods.Delete, "/subscribers/{id}", "eraseSubscriber", "Forgets a subscriber; only a keyed hash of the address stays, so that no import brings them back", EraseAsync)
            with { Parameters = [ApiParameter.Id("subscriber")], Status = StatusCodes.Status204NoContent },
    ];

    public static ApiAnswer Missing { get; } = ApiAnswer.Of(Problem.NotFound("subscriber of this number"));

    private async Task<ApiAnswer> FindAsync(string? text, string? state, int limit, long? cursor, CancellationToken cancellationToken) =>
        ApiPage<ApiSubscriber>.Of(await store.SearchAsync(text, state, cursor ?? 0, limit + 1, cancellationToken), limit, ApiSubscriber.Of, (last, _) => last.Id);

    private async Task<ApiAnswer> SearchAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var question = call.Body<SubscriberQuestion>();
        var faults = new List<Fault>();
        if (question.Text is { Length: 0 or > 254 })
            faults.Add(new Fault("body", "/text", "write 1 to 254 characters"));
        if (question.State is { } state && !States.Contains(state))
            faults.Add(new Fault("body", "/state", $"write one of {string.Join(", ", States)}"));
        if (question.Limit is < 1 or > 200)
            faults.Add(new Fault("body", "/limit", "write a whole number from 1 to 200"));
        var cursor = 0L;
        if (question.Cursor is { } from && !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out cursor))
            faults.Add(new Fault("body", "/cursor", "is not one that an answer gave"));
        return faults.Count > 0 ? ApiAnswer.Of(Problem.Faulty(faults)) : await FindAsync(question.Text, question.State, question.Limit ?? 50, cursor, cancellationToken);
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call, DbTransaction transaction)
    {
        var wish = call.Body<NewSubscriber>();
        if (LetterOf(wish.Letter) is not { } letter)
            return ApiAnswer.Of(Problem.Faulty([new Fault("body", "/letter", "write confirmation, welcome or none")]));
        if (wish.Draft().Over(new Subscriber { Email = "" }).Problems is { Count: > 0 } problems)
            return ApiAnswer.Of(Problem.Refused(problems));
        var outcome = await subscriptions.AddAsync(transaction, wish.Draft(), "api", letter.Kind);
        return outcome.Done ? Show(outcome.Subscriber!, StatusCodes.Status201Created) with { Location = $"{ApiDoors.Root}/subscribers/{outcome.Subscriber!.Id}" } : ApiAnswer.Of(Problem.Conflict(outcome.Problems));
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, DbTransaction transaction)
    {
        if (await store.FindAsync(transaction, call.Id) is not { } subscriber)
            return Missing;
        var draft = call.Body<SubscriberChange>().Draft();
        if (draft.Over(subscriber).Problems is { Count: > 0 } problems)
            return ApiAnswer.Of(Problem.Refused(problems));
        return Of(await subscriptions.EditAsync(transaction, call.Id, draft));
    }

    private async Task<ApiAnswer> EraseAsync(ApiCall call, DbTransaction transaction)
    {
        if (await store.FindAsync(transaction, call.Id) is not { } subscriber)
            return Missing;
        await subscriptions.EraseAsync(transaction, subscriber);
        await bounces.ForgetAsync(transaction, call.Id);
        return ApiAnswer.Nothing;
    }

    /// <summary>What became of it: the subscriber as they are now, or why not.</summary>
    public static ApiAnswer Of(Outcome outcome) => outcome.Done ? Show(outcome.Subscriber!, StatusCodes.Status200OK) : ApiAnswer.Of(Problem.Conflict(outcome.Problems));

    private static ApiAnswer Show(Subscriber subscriber, int status) => new(status, ApiSubscriber.Of(subscriber)) { SubscriberId = subscriber.Id };

    private static (MailKind? Kind, bool _)? LetterOf(string? word) => word switch
    {
        null or "confirmation" => (MailKind.Confirmation, true),
        "welcome" => (MailKind.Welcome, true),
        "none" => (null, true),
        _ => null,
    };
}
