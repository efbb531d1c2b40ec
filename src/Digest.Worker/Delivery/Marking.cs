using System.Collections.Concurrent;
using System.Data.Common;
using Digest.Worker.Delivery.Limits;
using Digest.Worker.Outbox;
using Digest.Worker.Storage;

namespace Digest.Worker.Delivery;

/// <summary>
/// The marks before the final dot. With the mail that needs its mark now, those that come next are marked in the same commit, which costs more than what
/// is in it. A mail that was marked ahead and is not sent after all is given back; after a kill it looks as if it may have been sent, and is sent. Where
/// what may have been sent is held for a person, none is marked ahead, and none where limits are set: they would count it as sent.
/// </summary>
internal sealed class Marking(OutboxJournal journal, SentLedger ledger, WorkerPresence presence, MessageId ids, LimitPlan limits, InDoubtPolicy policy, TimeProvider time)
{
    private const int Most = 128;

    /// <summary>How long a mark holds: longer than the final answer and the transfer may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);

    /// <summary>What begins within this time is marked ahead.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A mark that is older when its mail's dot is due is asked for anew: the reader may have left, or this worker stood still and another has the mail.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Ahead> ahead = new();
    private readonly ConcurrentDictionary<long, bool> unsent = new();
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

    /// <summary>Whether a mail was marked ahead, so that its claim holds as long as a mark.</summary>
    public bool IsMarked(ClaimedMail mail) => ahead.ContainsKey(mail.Id);

    /// <summary>Whether the mark of a mail was denied ahead, so that it is done with.</summary>
    public bool IsDenied(ClaimedMail mail) => ahead.TryGetValue(mail.Id, out var known) && known.Granted is { IsCompletedSuccessfully: true, Result: false } && ahead.TryRemove(mail.Id, out _);

    /// <summary>The state in which a mail stands that is not being sent: in doubt where it was marked ahead.</summary>
    public async Task<OutboxState> StandsAsync(ClaimedMail mail)
    {
        try
        {
            return ahead.TryRemove(mail.Id, out var known) && await known.Granted ? OutboxState.InDoubt : OutboxState.Claimed;
        }
        catch (DbException e) when (StorageTrouble.IsOfRow(e))
        {
            // The database does not take its mark.
            return OutboxState.Claimed;
        }
    }

    /// <summary>A mail was not sent, and the database did not say how it stands: its mark may be there nevertheless.</summary>
    public void NotSent(ClaimedMail mail) => unsent[mail.Id] = true;

    /// <summary>At the end of a run: those that were not sent and may stand marked.</summary>
    public IReadOnlyList<long> Unsent()
    {
        // None is left where all went as it should.
        foreach (var left in ahead.Keys)
            unsent[left] = true;
        ahead.Clear();
        return [.. unsent.Keys];
    }

    /// <summary>They were given back.</summary>
    public void Forget() => unsent.Clear();

    private Task<bool> GrantedAsync(ClaimedMail mail, string messageId, Backlog backlog)
    {
        var reach = Reach();
        unsent.TryRemove(mail.Id, out _);
        if (ahead.TryRemove(mail.Id, out var known))
            return known.Granted.IsCompleted && !IsFresh(known) ? RenewAsync(mail, messageId, known) : known.Granted;
        var others = Others(mail, reach, backlog);
        var granted = journal.MarkAsync([Mark(mail, messageId), .. others.Select(other => Mark(other, ids.For(other.Key)))]);
        for (var i = 0; i < others.Count; i++)
            ahead[others[i].Id] = new Ahead(granted[i + 1], time.GetTimestamp(), time.GetUtcNow());
        return granted[0];
    }

    private async Task<bool> RenewAsync(ClaimedMail mail, string messageId, Ahead known) =>
        await known.Granted && await journal.MarkAsync(Mark(mail, messageId) with { Again = true });

    private List<ClaimedMail> Others(ClaimedMail mail, int most, Backlog backlog) => policy == InDoubtPolicy.Resend && most > 0 && !limits.IsSet
        ? [.. backlog.Next(most).Where(other => other.Id != mail.Id && !ahead.ContainsKey(other.Id)).DistinctBy(other => other.Id)]
        : [];

    /// <summary>By both clocks: the one does not count the time that a machine sleeps, the other can be set.</summary>
    private bool IsFresh(Ahead known) => time.GetElapsedTime(known.Since) < Fresh && (time.GetUtcNow() - known.At).Duration() < Fresh;

    private InDoubtMark Mark(ClaimedMail mail, string messageId) => new(mail.Id, presence.Worker, messageId, time.GetUtcNow() + Lease);

    /// <summary>How many others began lately: so many will soon.</summary>
    private int Reach()
    {
        var now = time.GetTimestamp();
        begun.Enqueue(now);
        while (begun.Count > Most || time.GetElapsedTime(begun.Peek(), now) > Within)
            begun.Dequeue();
        return begun.Count - 1;
    }

    /// <param name="Granted">Its answer, when it is on the disk.</param>
    private readonly record struct Ahead(Task<bool> Granted, long Since, DateTimeOffset At);
}
