using System.Threading.Channels;

namespace Digest.Worker.Issues;

/// <summary>
/// Stores groups of compositions one after the other while the next are composed: about half of the work, for a second processor.
/// Some groups may wait in line, so that the storing does not stand still while the next page of subscribers is read.
/// </summary>
internal sealed class StoringLine
{
    /// <summary>What waits are mostly texts in memory that is used again, a megabyte or two a group: little for the collector to carry along.</summary>
    private const int MostWaiting = 4;

    private readonly Channel<WrittenGroup> groups = Channel.CreateBounded<WrittenGroup>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    private readonly Task<ComposeReport> storing;

    public StoringLine(Func<WrittenGroup, Task<ComposeReport>> store) => storing = Task.Run(() => StoreAsync(store));

    /// <summary>Puts a group in line; waits while the line is full.</summary>
    /// <exception cref="ChannelClosedException">Storing failed: <see cref="EndAsync"/> says why.</exception>
    public ValueTask AddAsync(WrittenGroup group, CancellationToken cancellationToken) => groups.Writer.WriteAsync(group, cancellationToken);

    /// <summary>Waits until all that stand in line are stored. To be called in any case, once.</summary>
    public Task<ComposeReport> EndAsync()
    {
        groups.Writer.TryComplete();
        return storing;
    }

    private async Task<ComposeReport> StoreAsync(Func<WrittenGroup, Task<ComposeReport>> store)
    {
        try
        {
            var report = ComposeReport.None;
            await foreach (var group in groups.Reader.ReadAllAsync())
                report += await store(group);
            return report;
        }
        catch (Exception e)
        {
            // Who composes would wait for room in the line for ever.
            groups.Writer.TryComplete(e);
            throw;
        }
    }
}
