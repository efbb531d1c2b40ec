using Digest.Worker.Delivery.Limits;

namespace Digest.Worker.Delivery;

/// <summary>The settings under <c>Delivery</c>.</summary>
internal sealed record DeliveryOptions
{
    /// <summary><c>auto</c> (smtp when <c>Smtp:Host</c> is set, else pickup), <c>pickup</c> or <c>smtp</c>.</summary>
    public string Transport { get; init; } = "auto";

    /// <summary>Where the pickup transport writes; null: <c>pickup</c> in the data folder.</summary>
    public string? PickupFolder { get; init; }

    /// <summary>What becomes of a mail whose final answer was lost: <c>resend</c> (same Message-ID, same bytes) or <c>hold</c> (an operator decides).</summary>
    public string InDoubt { get; init; } = "resend";

    /// <summary>The most messages in any second; 0: no limit.</summary>
    public int PerSecond { get; init; }

    /// <summary>The most messages in any hour; 0: no limit.</summary>
    public int PerHour { get; init; }

    /// <summary>The most messages to one recipient domain in any second; 0: no limit.</summary>
    public int DomainPerSecond { get; init; }

    /// <summary>The most messages to one recipient domain in any hour; 0: no limit.</summary>
    public int DomainPerHour { get; init; }

    /// <summary>The most messages to one recipient domain under way at a time; 0: no limit.</summary>
    public int DomainConnections { get; init; }

    /// <summary>Domains with limits of their own, in place of the three before.</summary>
    public IReadOnlyList<DomainLimit> Domains { get; init; } = [];

    /// <summary>A new sending address is made known slowly: the most messages in any 24 hours on its first day, its second, and so on; then no limit.</summary>
    public IReadOnlyList<int> WarmUp { get; init; } = [];

    /// <summary>The first day of <see cref="WarmUp"/>, UTC.</summary>
    public DateOnly? WarmUpFrom { get; init; }

    /// <summary>So many mails refused for good in a row, and everything stands still for an hour; 0: never.</summary>
    public int PauseAfter { get; init; } = 50;
}

internal enum TransportKind
{
    Auto,
    Pickup,
    Smtp,
}
