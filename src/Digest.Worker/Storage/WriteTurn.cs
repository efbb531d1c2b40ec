namespace Digest.Worker.Storage;

/// <summary>
/// Lets the writers of one process go one after the other, in the order in which they came. SQLite has one writer at a time; whoever finds the
/// database taken sleeps and looks again, and between two that write all the time that sleep is most of what they do.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    public async ValueTask<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        return new Taken(one);
    }

    public void Dispose() => one.Dispose();

    private sealed class Taken(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
