using System.ComponentModel;
using System.Data.Common;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Web.Api;

/// <summary>Addresses that are not written to.</summary>
internal sealed class SuppressionRoutes(SuppressionStore store, Subscriptions subscriptions) : IApiRoutes
{
    private const int LongestDetail = 500;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/suppressions", "listSuppressions", "Suppressed addresses, the oldest first; of somebody who was erased only a hash is left", ListAsync) with { Parameters = ApiParameter.Paging, Answer = typeof(ApiPage<ApiSuppression>) },
        ApiRoute.Does(HttpMethods.Post, "/suppressions", "suppress", "Suppresses an address; a subscription that it has ends", AddAsync) with { Body = typeof(SuppressionWish), Status = StatusCodes.Status204NoContent },
        ApiRoute.Ask("/suppressions/check", "checkSuppression", "Whether an address is suppressed, and why", CheckAsync) with { Body = typeof(AddressQuestion), Answer = typeof(SuppressionVerdict) },
        ApiRoute.Does(HttpMethods.Post, "/suppressions/lift", "liftSuppression", "Takes an address off the list that bounced, or that an operator put there", LiftAsync) with { Body = typeof(AddressQuestion), Status = StatusCodes.Status204NoContent },
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken cancellationToken) =>
        ApiPage<ApiSuppression>.Of(await store.PageAsync(call.Cursor ?? 0, call.Limit + 1, cancellationToken), call.Limit,
            found => new ApiSuppression(found.Email, found.Reason, found.Detail, found.CreatedAt), (last, _) => last.Id);

    private async Task<ApiAnswer> AddAsync(ApiCall call, DbTransaction transaction)
    {
        var wish = call.Body<SuppressionWish>();
        if (wish.Detail is { Length: > LongestDetail })
            return ApiAnswer.Of(Problem.Faulty([new Fault("body", "/detail", $"write at most {LongestDetail} characters")]));
        if (!EmailAddress.TryFold(wish.Email.Trim(), out var key, out var problem))
            return ApiAnswer.Of(Problem.Refused([problem]));
        await subscriptions.SuppressAsync(transaction, key, "operator", wish.Detail);
        return ApiAnswer.Nothing;
    }

    private async Task<ApiAnswer> CheckAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryFold(call.Body<AddressQuestion>().Email.Trim(), out var key, out var problem))
            return ApiAnswer.Of(Problem.Refused([problem]));
        var reason = await store.ReasonAsync(key, cancellationToken);
        return ApiAnswer.Of(new SuppressionVerdict(reason is not null, reason));
    }

    private async Task<ApiAnswer> LiftAsync(ApiCall call, DbTransaction transaction)
    {
        if (!EmailAddress.TryFold(call.Body<AddressQuestion>().Email.Trim(), out var key, out var problem))
            return ApiAnswer.Of(Problem.Refused([problem]));
        return await store.LiftAsync(transaction, key) switch
        {
            (null, _) => ApiAnswer.Of(Problem.NotFound("suppression of this address")),
            (_, { } stays) => ApiAnswer.Of(Problem.Conflict([$"the address is suppressed because its reader wanted it so ({stays}): only they can come back"])),
            _ => ApiAnswer.Nothing,
        };
    }
}

internal sealed record ApiSuppression(
    [property: Description("Folded: lower case, the domain as A-labels; null where its reader was erased")] string? Email,
    [property: Description("unsubscribed, bounced, complaint, erased or operator")] string Reason,
    string? Detail, DateTimeOffset CreatedAt);

internal sealed record SuppressionWish
{
    public required string Email { get; init; }

    [Description("Why, for the operator; at most 500 characters")]
    public string? Detail { get; init; }
}

internal sealed record AddressQuestion
{
    public required string Email { get; init; }
}

internal sealed record SuppressionVerdict(bool Suppressed, string? Reason);
