namespace Digest.Worker.Operations;

/// <summary>A clock that was set to another time and runs on from there (<c>--at</c>). Timers and delays keep their true length.</summary>
internal sealed class PretendedTime(DateTimeOffset at) : TimeProvider
{
    private (DateTimeOffset At, long Since) set = (at.ToUniversalTime(), System.GetTimestamp());

    public override DateTimeOffset GetUtcNow() => set.At + System.GetElapsedTime(set.Since);

    /// <summary>Sets the clock to another time.</summary>
    public void MoveTo(DateTimeOffset time) => set = (time.ToUniversalTime(), System.GetTimestamp());
}
