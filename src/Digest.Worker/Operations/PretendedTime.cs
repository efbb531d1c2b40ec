namespace Digest.Worker.Operations;

/// <summary>A clock that was set to another time and runs on from there (<c>--at</c>). Timers and delays keep their true length.</summary>
internal sealed class PretendedTime(DateTimeOffset at) : TimeProvider
{
    private readonly long start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => at.ToUniversalTime() + System.GetElapsedTime(start);
}
