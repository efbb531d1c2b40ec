using System.ComponentModel;
using System.Data.Common;
using Digest.Worker.Outbox;

namespace Digest.Worker.Web.Api;

/// <summary>The mails that we owe, owed or gave up.</summary>
internal sealed class DeliveryRoutes(OutboxReportStore store, TimeProvider time) : IApiRoutes
{
    private static readonly IReadOnlyList<ApiParameter> One = [ApiParameter.Id("mail")];

    private static ApiAnswer Missing => ApiAnswer.Of(Problem.NotFound("mail of this number"));

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/deliveries", "listDeliveries", "Mails, newest first", async (call, stopping) => ApiPage<ApiDelivery>.Of(
            await store.PageAsync(call.Text("state") is { } state ? OutboxStates.Parse(state) : null, call.Whole("subscriber"), call.Cursor ?? long.MaxValue, call.Limit + 1, stopping), call.Limit, ApiDelivery.Of, (last, _) => last.Id)) with
        {
            Parameters = [ApiParameter.OneOf("state", "Only those.", [.. Enum.GetValues<OutboxState>().Select(OutboxStates.ToText)]), ApiParameter.Whole("subscriber", "Only those to this subscriber.", 1, long.MaxValue), .. ApiParameter.Paging],
            Answer = typeof(ApiPage<ApiDelivery>),
        },
        ApiRoute.Get("/deliveries/{id}", "getDelivery", "One mail", async (call, stopping) => await store.FindAsync(call.Id, stopping) is { } mail ? ApiAnswer.Of(ApiDelivery.Of(mail)) : Missing) with { Parameters = One, Answer = typeof(ApiDelivery) },
        ApiRoute.Does(HttpMethods.Post, "/deliveries/{id}/retry", "retryDelivery", "Queues a mail again that bounced, expired, waits or hangs in doubt", (call, transaction) => MoveAsync(call, transaction, store.RetryAsync)) with { Parameters = One, Status = StatusCodes.Status204NoContent },
        ApiRoute.Does(HttpMethods.Post, "/deliveries/{id}/drop", "dropDelivery", "Gives a mail up that waits or hangs in doubt", (call, transaction) => MoveAsync(call, transaction, store.DropAsync)) with { Parameters = One, Status = StatusCodes.Status204NoContent },
    ];

    private async Task<ApiAnswer> MoveAsync(ApiCall call, DbTransaction transaction, Func<DbTransaction, OutboxState, long?, DateTimeOffset, Task<int>> move)
    {
        if (await store.StateAsync(transaction, call.Id) is not { } state)
            return Missing;
        try
        {
            return await move(transaction, state, call.Id, time.GetUtcNow()) > 0 ? ApiAnswer.Nothing : ApiAnswer.Of(Problem.Conflict([$"a worker holds this mail just now, or its recipient was erased"]));
        }
        catch (InvalidOperationException e)
        {
            return ApiAnswer.Of(Problem.Conflict([$"{e.Message.TrimEnd('.')}"]));
        }
    }
}

internal sealed record ApiDelivery
{
    public required long Id { get; init; }

    [Description("issue, welcome, confirmation and so on")]
    public required string Kind { get; init; }

    public required string State { get; init; }

    public required long? SubscriberId { get; init; }

    public required long? IssueId { get; init; }

    [Description("Empty where the reader was erased")]
    public required string Recipient { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When it was sent or given up; null: not yet")]
    public required DateTimeOffset? SettledAt { get; init; }

    [Description("What the server said last")]
    public required string? Answer { get; init; }

    public required string? MessageId { get; init; }

    public static ApiDelivery Of(MailRecord mail) => new()
    {
        Id = mail.Id,
        Kind = mail.Kind,
        State = mail.State,
        SubscriberId = mail.SubscriberId,
        IssueId = mail.IssueId,
        Recipient = mail.Recipient,
        Attempts = (int)mail.Attempts,
        DueAt = mail.DueAt,
        CreatedAt = mail.CreatedAt,
        SettledAt = mail.SettledAt,
        Answer = mail.Answer,
        MessageId = mail.MessageId,
    };
}
