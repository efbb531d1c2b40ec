using System.Runtime.InteropServices;

namespace Digest.Worker.Operations;

/// <summary>
/// SIGTERM and SIGINT as one token, from the first moment of the process to its last: a signal that comes when the work is done, but the
/// process is not gone, changes nothing any more and the exit code stays that of the work. A second signal ends the process at once.
/// </summary>
internal static class Termination
{
    private const int Terminated = 128 + 15;

    private static readonly CancellationTokenSource Asked = new();
    private static readonly List<PosixSignalRegistration> Kept = [];

    /// <param name="grace">How long the work may take to end in order; then the process ends with 143.</param>
    public static CancellationToken Listen(TimeSpan grace)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
            Kept.Add(PosixSignalRegistration.Create(signal, context => OnSignal(context, grace)));
        return Asked.Token;
    }

    private static void OnSignal(PosixSignalContext context, TimeSpan grace)
    {
        if (Asked.IsCancellationRequested)
            return;
        context.Cancel = true;
        _ = Task.Delay(grace).ContinueWith(_ => Environment.Exit(Terminated), TaskScheduler.Default);
        Asked.Cancel();
    }
}
