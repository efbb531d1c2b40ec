namespace Digest.Worker.Delivery;

/// <summary>
/// A wait by whole milliseconds, rounded up: a timer takes less than one for none, and whoever waits for the rest of a time, and then looks again, would look without sleeping until it is over.
/// </summary>
internal static class WholeMilliseconds
{
    public static Task PassAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken = default) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
}
