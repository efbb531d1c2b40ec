using System.Collections.Concurrent;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// The marks before the final dot. With the mail that needs its mark now, those that come next are marked in the same commit, which costs more than what
/// is in it. A mail that was marked ahead and is not sent after all is given back; after a kill it looks as if it may have been sent, and is sent. Where
/// what may have been sent is held for a person, none is marked ahead.
/// </summary>
internal sealed class Marking(OutboxJournal journal, SentLedger ledger, WorkerPresence presence, MessageId ids, InDoubtPolicy policy, TimeProvider time)
{
    private const int Most = 32;

    /// <summary>How long a mark holds: longer than the final answer and the transfer may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);

    /// <summary>What begins within this time is marked ahead: a reader who leaves now gets nothing a second later.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<long, Ahead> ahead = new();
    private readonly ConcurrentBag<long> unsent = [];
    private readonly Queue<long> begun = new();

    /// <summary>Asks for the mark of a mail whose octets are on their way.</summary>
    /// <returns>False: it must not be sent.</returns>
    public async Task<bool> MarkAsync(ClaimedMail mail, string messageId, Backlog backlog)
    {
        // Under the backlog's lock: what another connection takes out of it meanwhile would be marked twice.
        var granted = await backlog.Guarded(() => GrantedAsync(mail, messageId, backlog));
        if (granted)
            ledger.Add([messageId]);
        return granted;
    }

    /// <summary>How long ago a mail was marked that is not yet sent; null: it is not marked.</summary>
    public TimeSpan? AgeOf(ClaimedMail mail) => ahead.TryGetValue(mail.Id, out var known) ? time.GetElapsedTime(known.Since) : null;

    /// <summary>Whether the mark of a mail was denied ahead, so that it is done with.</summary>
    public bool IsDenied(ClaimedMail mail) => ahead.TryGetValue(mail.Id, out var known) && known.Granted is { IsCompletedSuccessfully: true, Result: false } && ahead.TryRemove(mail.Id, out _);

    /// <summary>The state in which a mail stands that is not being sent: in doubt where it was marked ahead.</summary>
    public async Task<OutboxState> StandsAsync(ClaimedMail mail) => ahead.TryRemove(mail.Id, out var known) && await known.Granted ? OutboxState.InDoubt : OutboxState.Claimed;

    /// <summary>A mail was not sent, and the database did not say how it stands: its mark may be there nevertheless.</summary>
    public void NotSent(ClaimedMail mail) => unsent.Add(mail.Id);

    /// <summary>At the end of a run: those that were not sent and may stand marked.</summary>
    public IReadOnlyList<long> Unsent()
    {
        // None is left where all went as it should.
        foreach (var left in ahead.Keys)
            unsent.Add(left);
        ahead.Clear();
        return [.. unsent];
    }

    /// <summary>They were given back.</summary>
    public void Forget() => unsent.Clear();

    private Task<bool> GrantedAsync(ClaimedMail mail, string messageId, Backlog backlog)
    {
        var reach = Reach();
        if (ahead.TryRemove(mail.Id, out var known))
            return known.Granted;
        var others = policy == InDoubtPolicy.Resend ? backlog.Next(reach).Where(other => !ahead.ContainsKey(other.Id)).ToList() : [];
        var granted = journal.MarkAsync([Mark(mail, messageId), .. others.Select(other => Mark(other, ids.For(other.Key)))]);
        for (var i = 0; i < others.Count; i++)
            ahead[others[i].Id] = new Ahead(granted[i + 1], time.GetTimestamp());
        return granted[0];
    }

    private InDoubtMark Mark(ClaimedMail mail, string messageId) => new(mail.Id, presence.Worker, messageId, time.GetUtcNow() + Lease);

    /// <summary>How many others began lately: so many will soon.</summary>
    private int Reach()
    {
        begun.Enqueue(time.GetTimestamp());
        while (begun.Count > Most || time.GetElapsedTime(begun.Peek()) > Within)
            begun.Dequeue();
        return begun.Count - 1;
    }

    /// <param name="Granted">Its answer, when it is on the disk.</param>
    private readonly record struct Ahead(Task<bool> Granted, long Since);
}
