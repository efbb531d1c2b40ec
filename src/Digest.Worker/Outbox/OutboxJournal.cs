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

    private readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly KeptConnection connection = new(database);
    private readonly Lock gate = new();
    private Task? writer;

    /// <summary>Asks for the mark before the final dot; the answer comes when it is on the disk.</summary>
    /// <returns>False: the mail is no longer ours to send.</returns>
    public Task<bool> MarkAsync(InDoubtMark mark) =>
        Enter(statements => store.Mark(statements, mark, time.GetUtcNow()), mark.MessageId);

    /// <summary>Writes down what became of a mail.</summary>
    /// <returns>False: the mail was no longer ours.</returns>
    public Task<bool> SettleAsync(string worker, Settlement settlement) =>
        Enter(statements => store.Settle(statements, worker, settlement, time.GetUtcNow()));

    /// <summary>Writes down that a message to this domain counts toward the limits.</summary>
    public Task CountAsync(string domain) => Enter(statements => { store.Count(statements, domain, time.GetUtcNow()); return true; });

    public async ValueTask DisposeAsync()
    {
        entries.Writer.TryComplete();
        if (writer is { } running)
            await running;
        await connection.DisposeAsync();
    }

    private Task<bool> Enter(Func<Statements, bool> statement, string? messageId = null)
    {
        lock (gate)
            writer ??= Task.Run(WriteAllAsync);
        var entry = new Entry(statement, messageId, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return entries.Writer.TryWrite(entry) ? entry.Done.Task : Task.FromException<bool>(new ObjectDisposedException(nameof(OutboxJournal)));
    }

    private async Task WriteAllAsync()
    {
        var group = new List<Entry>();
        while (await entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && entries.Reader.TryRead(out var entry))
                group.Add(entry);
            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        try
        {
            var results = new bool[group.Count];
            await connection.WriteAsync(statements =>
            {
                for (var i = 0; i < group.Count; i++)
                    results[i] = group[i].Statement(statements);
            });
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

    private sealed record Entry(Func<Statements, bool> Statement, string? MessageId, TaskCompletionSource<bool> Done);
}
