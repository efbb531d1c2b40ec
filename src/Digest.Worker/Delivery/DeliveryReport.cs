using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>What a delivery run did: how many mails it left in which state.</summary>
internal sealed record DeliveryReport
{
    public required IReadOnlyDictionary<OutboxState, int> Counts { get; init; }

    /// <summary>Mails of dead workers that were taken back at the start.</summary>
    public Recovered Recovered { get; init; }

    /// <summary>Why the run ended before everything due was tried; null when it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Nothing was tried, because another process on this database sends.</summary>
    public bool IsLeftToAnother { get; init; }

    /// <summary>When the limits let the rest go; null when they were not used up.</summary>
    public DateTimeOffset? LimitedUntil { get; init; }

    public int Sent => Count(OutboxState.Sent);

    public int Count(OutboxState state) => Counts.GetValueOrDefault(state);

    public override string ToString()
    {
        var states = Counts.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key).Select(pair => $"{OutboxStates.ToText(pair.Key).Replace('_', ' ')} {pair.Value}");
        return (Counts.Values.Sum() == 0 ? "nothing was due" : string.Join(", ", states)) + (LimitedUntil is { } until ? $"; the limits are used up until {until:HH:mm:ss} UTC" : "") + (Stopped is null ? "" : $"; stopped: {Stopped}");
    }
}
