using System.Threading.Channels;
using Digest.Worker.Storage;

namespace Digest.Worker.Outbox;

/// <summary>
/// The one writer of marks and results (group commit): whatever all connections ask for while a commit is under way goes into the
/// next one, so that the disk is flushed once a group and not once a mail.
/// </summary>
internal sealed class OutboxJournal(Database database, MarkStore store, SentLedger ledger, TimeProvider time) : IAsyncDisposable
{
    private const int LargestGroup = 500;

    /// <summary>So long a result waits for a mark to be written with: nobody waits for a result, and a commit costs more than what is in it.</summary>
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly KeptConnection connection = new(database);
    private readonly Lock gate = new();
    private Task? writer;

    /// <summary>Asks for the mark before the final dot; the answer comes when it is on the disk.</summary>
    /// <returns>False: the mail is no longer ours to send.</returns>
    public Task<bool> MarkAsync(InDoubtMark mark)
    {
        var now = time.GetUtcNow();
        return Enter([store.Mark(mark, now)], statements => store.Deny(statements, mark, now), mark.MessageId);
    }

    /// <summary>Writes down what became of a mail.</summary>
    /// <returns>False: the mail was no longer ours.</returns>
    public Task<bool> SettleAsync(string worker, Settlement settlement) => Enter(store.Settle(worker, settlement, time.GetUtcNow()));

    /// <summary>Writes down that a message to this domain counts toward the limits.</summary>
    public Task CountAsync(string domain) => Enter([store.Count(domain, time.GetUtcNow())]);

    public async ValueTask DisposeAsync()
    {
        entries.Writer.TryComplete();
        if (writer is { } running)
            await running;
        await connection.DisposeAsync();
    }

    private Task<bool> Enter(IReadOnlyList<Statement> statements, Action<Statements>? denied = null, string? messageId = null)
    {
        lock (gate)
            writer ??= Task.Run(WriteAllAsync);
        var entry = new Entry(statements, denied, messageId, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return entries.Writer.TryWrite(entry) ? entry.Done.Task : Task.FromException<bool>(new ObjectDisposedException(nameof(OutboxJournal)));
    }

    private async Task WriteAllAsync()
    {
        var group = new List<Entry>();
        while (await entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            Take(group);
            for (var (since, more) = (TimeProvider.System.GetTimestamp(), true); more && group.Count < LargestGroup && !group.Exists(entry => entry.MessageId is not null);)
            {
                var left = Company - TimeProvider.System.GetElapsedTime(since);
                more = left > TimeSpan.Zero && await MoreWithinAsync(left);
                Take(group);
            }
            await WriteAsync(group);
        }
    }

    private void Take(List<Entry> group)
    {
        while (group.Count < LargestGroup && entries.Reader.TryRead(out var entry))
            group.Add(entry);
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
            var results = new bool[group.Count];
            await connection.WriteAsync(statements => Write(statements, group, results));
            ledger.Add(group.Where((entry, i) => results[i] && entry.MessageId is not null).Select(entry => entry.MessageId!));
            for (var i = 0; i < group.Count; i++)
                group[i].Done.TrySetResult(results[i]);
        }
        catch (Exception e)
        {
            // Rolled back as a whole: nobody may believe that their mark is on the disk.
            foreach (var entry in group)
                entry.Done.TrySetException(e);
        }
    }

    private static void Write(Statements statements, List<Entry> group, bool[] results)
    {
        var changed = statements.Execute([.. group.SelectMany(entry => entry.Statements)]);
        var first = 0;
        for (var i = 0; i < group.Count; first += group[i++].Statements.Count)
        {
            results[i] = changed[first] > 0;
            if (!results[i])
                group[i].Denied?.Invoke(statements);
        }
    }

    /// <param name="Statements">What is to be written; the first tells by what it changes whether it held.</param>
    /// <param name="Denied">What follows in the same transaction where it did not.</param>
    private sealed record Entry(IReadOnlyList<Statement> Statements, Action<Statements>? Denied, string? MessageId, TaskCompletionSource<bool> Done);
}
