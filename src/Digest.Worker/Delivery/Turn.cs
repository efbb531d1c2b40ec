using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>A mail whose turn it is, and the connection that it goes over.</summary>
internal sealed record Turn(ClaimedMail Mail)
{
    /// <summary>The connection; null when the limits of its domain let it wait.</summary>
    public ITransportSession? Session { get; init; }

    public Lane? Lane { get; init; }

    /// <summary>When the limits of its domain let it go; null when it goes now.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }
}
