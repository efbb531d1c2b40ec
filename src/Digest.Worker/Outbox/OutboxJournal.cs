using System.Data.Common;
using System.Threading.Channels;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>
/// The one writer of marks and results (group commit): whatever all connections ask for while a commit is under way goes into the
/// next one, so that the disk is flushed once a group and not once a mail.
/// </summary>
internal sealed class OutboxJournal(Database database, MarkStore store, TimeProvider time) : IAsyncDisposable
{
    private const int LargestGroup = 500;

    /// <summary>So many results are written whether or not a mark comes: those who sent them wait for the oldest.</summary>
    private const int Enough = 128;

    private readonly Channel<IReadOnlyList<Entry>> entries = Channel.CreateUnbounded<IReadOnlyList<Entry>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly KeptConnection connection = new(database);
    private readonly Lock gate = new();
    private Task? writer;

    /// <summary>
    /// So long a result waits for others and for a mark to be written with: a commit costs more than what is in it. It is no longer, because what a machine
    /// that is lost had not written is sent again.
    /// </summary>
    public TimeSpan Company { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks for the mark before the final dot; the answer comes when it is on the disk.</summary>
    /// <returns>False: the mail is no longer ours to send.</returns>
    public Task<bool> MarkAsync(InDoubtMark mark) => MarkAsync([mark])[0];

    /// <summary>The same for several mails in one commit.</summary>
    public IReadOnlyList<Task<bool>> MarkAsync(IReadOnlyList<InDoubtMark> marks)
    {
        var now = time.GetUtcNow();
        return Enter([.. marks.Select(mark => new Entry { Mark = mark with { At = now } })]);
    }

    /// <summary>Writes down what became of a mail.</summary>
    /// <returns>False: the mail was no longer ours.</returns>
    public Task<bool> SettleAsync(string worker, Settlement settlement)
    {
        if (!OutboxStates.MayFollow(settlement.From, settlement.To))
            throw new InvalidOperationException($"A mail cannot go from {settlement.From} to {settlement.To}.");
        var now = time.GetUtcNow();
        return Enter([new Entry { Settlement = new OwnSettlement(worker, settlement, now), Counted = settlement.CountedFor is { } domain ? new CountedMessage(domain, now) : null }])[0];
    }

    /// <summary>Writes down that a message to this domain counts toward the limits.</summary>
    public Task CountAsync(string domain) => Enter([new Entry { Counted = new CountedMessage(domain, time.GetUtcNow()) }])[0];

    /// <summary>Somebody waits for the results that were asked for: they are written without company.</summary>
    public void Hurry() => Enter([new Entry { IsAwaited = true }]);

    public async ValueTask DisposeAsync()
    {
        entries.Writer.TryComplete();
        if (writer is { } running)
            await running;
        await connection.DisposeAsync();
    }

    private IReadOnlyList<Task<bool>> Enter(IReadOnlyList<Entry> together)
    {
        lock (gate)
            writer ??= Task.Run(WriteAllAsync);
        return entries.Writer.TryWrite(together)
            ? [.. together.Select(entry => entry.Done.Task)]
            : [.. together.Select(_ => Task.FromException<bool>(new ObjectDisposedException(nameof(OutboxJournal))))];
    }

    private async Task WriteAllAsync()
    {
        var group = new List<Entry>();
        while (await entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            Take(group);
            for (var (since, more) = (TimeProvider.System.GetTimestamp(), true); more && group.Count < Enough && !group.Exists(entry => entry.IsAwaited || entry.Mark is not null);)
            {
                var left = Company - TimeProvider.System.GetElapsedTime(since);
                more = left > TimeSpan.Zero && await MoreWithinAsync(left);
                Take(group);
            }
            group.RemoveAll(entry => entry.IsAwaited);
            if (group.Count > 0)
                await WriteAsync(group);
        }
    }

    private void Take(List<Entry> group)
    {
        while (group.Count < LargestGroup && entries.Reader.TryRead(out var some))
            group.AddRange(some);
    }

    /// <returns>False: nothing came, or nothing comes any more.</returns>
    private async Task<bool> MoreWithinAsync(TimeSpan wait)
    {
        using var enough = new CancellationTokenSource(wait);
        try
        {
            return await entries.Reader.WaitToReadAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        try
        {
            var (marks, settlements) = (group.Where(entry => entry.Mark is not null).ToList(), group.Where(entry => entry.Settlement is not null).ToList());
            var held = await connection.WriteAsync(Changes(group), (transaction, changed) => HeldAsync(transaction, changed, marks, settlements));
            foreach (var entry in group)
                entry.Done.TrySetResult(held.Contains(entry));
        }
        catch (DbException e) when (group.Count > 1 && StorageTrouble.IsOfRow(e))
        {
            // One of them cannot be written, and the others are not to be lost with it.
            foreach (var entry in group)
                await WriteAsync([entry]);
        }
        catch (Exception e)
        {
            // Rolled back as a whole: nobody may believe that their mark is on the disk.
            foreach (var entry in group)
                entry.Done.TrySetException(e);
        }
    }

    /// <summary>Marks first, then settlements, then what counts.</summary>
    private List<RowChange> Changes(List<Entry> group)
    {
        List<InDoubtMark> marks = [.. group.Select(entry => entry.Mark).OfType<InDoubtMark>()];
        List<OwnSettlement> settlements = [.. group.Select(entry => entry.Settlement).OfType<OwnSettlement>()];
        List<CountedMessage> counted = [.. group.Select(entry => entry.Counted).OfType<CountedMessage>()];
        var changes = new List<RowChange>();
        if (marks.Count > 0)
            changes.Add(store.Mark(marks));
        if (settlements.Count > 0)
            changes.Add(store.Settle(settlements));
        if (counted.Count > 0)
            changes.Add(store.Count(counted));
        return changes;
    }

    /// <returns>The entries that held: marks that are granted, settlements of mails that were still ours. Marks that did not are denied.</returns>
    private async Task<HashSet<Entry>> HeldAsync(DbTransaction transaction, IReadOnlyList<IReadOnlyList<long>> changed, List<Entry> marks, List<Entry> settlements)
    {
        var held = new HashSet<Entry>();
        if (marks.Count > 0)
        {
            var granted = changed[0].ToHashSet();
            // A mail that is asked for twice is granted once.
            foreach (var entry in marks)
                if (granted.Remove(entry.Mark!.Id))
                    held.Add(entry);
                else
                    await store.DenyAsync(transaction, entry.Mark);
        }
        if (settlements.Count > 0)
        {
            var settled = changed[marks.Count > 0 ? 1 : 0].ToHashSet();
            held.UnionWith(settlements.Where(entry => settled.Contains(entry.Settlement!.Settlement.Id)));
        }
        return held;
    }

    private sealed class Entry
    {
        public InDoubtMark? Mark { get; init; }

        public OwnSettlement? Settlement { get; init; }

        public CountedMessage? Counted { get; init; }

        /// <summary>It asks for nothing but that those before it are written.</summary>
        public bool IsAwaited { get; init; }

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
