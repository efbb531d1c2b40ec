namespace Digest.Worker.Web;

/// <summary>
/// Answers at even steps of time, so that how long it took does not tell whether a token was known. The clock is set before the work begins and
/// runs beside it: a wait for the rest of the step would be rounded to whole milliseconds, and what it is rounded by told how long the work took.
/// </summary>
internal sealed class EvenPace(TimeProvider time)
{
    /// <summary>Longer than an unsubscribe takes on a slow disk.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var step = Task.Delay(Step, time, cancellationToken);
        var working = Task.Run(work, cancellationToken);
        await step;
        while (!working.IsCompleted)
            await Task.Delay(Step, time, cancellationToken);
        await working;
    }
}
