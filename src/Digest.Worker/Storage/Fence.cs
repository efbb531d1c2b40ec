namespace Digest.Worker.Storage;

/// <summary>
/// A lease that work relies on. What is written by <see cref="Database"/> while it stands looks in the same transaction whether the
/// lease is still the same: a worker that was stopped for a while, and whose work another took over, writes nothing more of it.
/// </summary>
/// <param name="Token">The lease's number when it was taken.</param>
internal sealed record Fence(string Lease, long Token)
{
    private static readonly AsyncLocal<Fence?> Current = new();

    /// <summary>What the work that runs here relies on; null: nothing.</summary>
    public static Fence? Standing => Current.Value;

    /// <summary>Stands around what is awaited until it is disposed.</summary>
    public IDisposable Raise()
    {
        var before = Current.Value;
        Current.Value = this;
        return new Raised(before);
    }

    private sealed class Raised(Fence? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}

/// <summary>Another worker has taken over what this one was doing; nothing was written.</summary>
internal sealed class FencedException(string lease) : System.Data.Common.DbException($"Another worker has taken over '{lease}' meanwhile: nothing was written.");
