namespace Digest.Worker.Web;

/// <summary>
/// Answers at even steps of time, so that how long it took does not tell whether a token was known: work that is done sooner waits for
/// the end of its step.
/// </summary>
internal sealed class EvenPace(TimeProvider time)
{
    /// <summary>Longer than an unsubscribe takes on a slow disk.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await work();
        var rest = Step.Ticks - time.GetElapsedTime(begun).Ticks % Step.Ticks;
        await Task.Delay(TimeSpan.FromTicks(rest), time, cancellationToken);
    }
}
