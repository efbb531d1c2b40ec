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
}

internal enum TransportKind
{
    Auto,
    Pickup,
    Smtp,
}
