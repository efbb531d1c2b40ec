namespace Digest.Worker.Outbox;

/// <summary>How a state stands in the database, and which may follow which. A pair that is not here is a bug.</summary>
internal static class OutboxStates
{
    private static readonly HashSet<(OutboxState From, OutboxState To)> Legal =
    [
        (OutboxState.Queued, OutboxState.Claimed),
        (OutboxState.Queued, OutboxState.Suppressed),     // withdrawn, or dropped by the operator
        (OutboxState.Queued, OutboxState.Expired),
        (OutboxState.Claimed, OutboxState.Queued),        // released: the host failed, or the lease ran out
        (OutboxState.Claimed, OutboxState.InDoubt),       // the mark before the final dot
        (OutboxState.Claimed, OutboxState.Sent),          // found to have been sent before a restore
        (OutboxState.Claimed, OutboxState.Deferred),
        (OutboxState.Claimed, OutboxState.Bounced),
        (OutboxState.Claimed, OutboxState.Suppressed),
        (OutboxState.Claimed, OutboxState.Expired),
        (OutboxState.InDoubt, OutboxState.Sent),
        (OutboxState.InDoubt, OutboxState.Deferred),      // answered 4xx after the dot
        (OutboxState.InDoubt, OutboxState.Bounced),       // answered 5xx after the dot
        (OutboxState.InDoubt, OutboxState.Queued),        // never answered, and the policy is to send it again; or marked ahead and not sent
        (OutboxState.InDoubt, OutboxState.Suppressed),    // held, and dropped by the operator
        (OutboxState.InDoubt, OutboxState.Expired),       // marked ahead, and too late at its turn
        (OutboxState.Deferred, OutboxState.Claimed),
        (OutboxState.Deferred, OutboxState.Queued),       // the operator retries at once
        (OutboxState.Deferred, OutboxState.Suppressed),
        (OutboxState.Deferred, OutboxState.Expired),
        (OutboxState.Sent, OutboxState.Bounced),          // a delivery status notification came later
        (OutboxState.Sent, OutboxState.Queued),           // the operator replays a day: the same bytes under the same Message-ID
        (OutboxState.Bounced, OutboxState.Queued),        // the operator retries or replays
        (OutboxState.Expired, OutboxState.Queued),
    ];

    public static bool MayFollow(OutboxState from, OutboxState to) => Legal.Contains((from, to));

    public static string ToText(OutboxState state) => state switch
    {
        OutboxState.Queued => "queued",
        OutboxState.Claimed => "claimed",
        OutboxState.InDoubt => "in_doubt",
        OutboxState.Sent => "sent",
        OutboxState.Deferred => "deferred",
        OutboxState.Bounced => "bounced",
        OutboxState.Suppressed => "suppressed",
        OutboxState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static OutboxState Parse(string text) => Enum.GetValues<OutboxState>().First(state => ToText(state) == text);
}
