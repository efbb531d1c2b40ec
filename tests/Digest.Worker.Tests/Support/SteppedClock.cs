namespace Digest.Worker.Tests.Support;

/// <summary>Stands still until it is set; timers go by the true time.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
