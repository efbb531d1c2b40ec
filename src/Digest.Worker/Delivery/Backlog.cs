using Digest.Worker.Delivery.Limits;
using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery;

/// <summary>
/// The claimed mails that wait, and who of them goes next: the oldest that the limits let go, over the relay whose turn it is. A mail
/// whose domain must wait holds up no other.
/// </summary>
internal sealed class Backlog(SendingLimits limits, Lanes lanes, RunTally tally, TimeProvider time)
{
    /// <summary>What may go within this time is waited for; what must wait longer is given back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly LinkedList<ClaimedMail> waiting = [];
    private readonly Dictionary<string, int> postponed = [];
    private TaskCompletionSource? changed;
    private TaskCompletionSource? low;
    private TaskCompletionSource? wished;
    private int lowWater;
    private bool closed;

    /// <summary>The limits of everything are used up for longer than we wait; until when.</summary>
    public DateTimeOffset? ExhaustedUntil { get; private set; }

    public void Add(IEnumerable<ClaimedMail> mails)
    {
        lock (gate)
        {
            foreach (var mail in mails)
                waiting.AddLast(mail);
            Signal();
        }
    }

    /// <summary>No more will be added.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Signal();
        }
    }

    /// <summary>Waits until a mail may go.</summary>
    /// <returns>Null: no mail goes any more in this run.</returns>
    public async Task<Turn?> TakeAsync()
    {
        while (true)
        {
            Task change;
            TimeSpan wait;
            lock (gate)
            {
                if (tally.Ending.IsCancellationRequested || closed && waiting.Count == 0)
                    return null;
                if (Pick(out wait) is { } turn)
                    return turn;
                wished?.TrySetResult();
                wished = null;
                if (tally.Ending.IsCancellationRequested)
                    return null;
                change = (changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await WaitAsync(change, wait);
        }
    }

    /// <summary>Waits until at most so many mails wait, or the run ends.</summary>
    public async Task RunsLowAsync(int mails)
    {
        while (true)
        {
            Task reached;
            lock (gate)
            {
                if (waiting.Count <= mails || tally.Ending.IsCancellationRequested)
                    return;
                low ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                (reached, lowWater) = (low.Task, mails);
            }
            await WaitAsync(reached, Patience);
        }
    }

    /// <summary>The turn is over.</summary>
    /// <param name="counts">A server saw the message.</param>
    /// <param name="again">The mail was not touched: it goes next.</param>
    public void Done(Turn turn, bool counts, bool again)
    {
        lock (gate)
        {
            limits.End(turn.Mail.Domain, counts);
            turn.Lane!.Leave(turn.Session!);
            if (again)
                waiting.AddFirst(turn.Mail);
            Signal();
        }
    }

    /// <summary>A message that counted is written down.</summary>
    public void Settled(string domain) => Change(() => limits.Settled(domain));

    /// <summary>Changes the limits, and lets those that wait look again.</summary>
    public void Change(Action change)
    {
        lock (gate)
        {
            change();
            Signal();
        }
    }

    /// <summary>Waits until a mail found nothing drawn for it.</summary>
    public Task WishedAsync()
    {
        lock (gate)
            return (wished ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Runs <paramref name="action"/> under the lock that guards limits and relays.</summary>
    public T Guarded<T>(Func<T> action)
    {
        lock (gate)
            return action();
    }

    /// <summary>The first that wait, whatever the limits say of them.</summary>
    public IReadOnlyList<ClaimedMail> Next(int most)
    {
        lock (gate)
            return [.. waiting.Take(most)];
    }

    /// <summary>What is left when the run ends.</summary>
    public IReadOnlyList<ClaimedMail> Drain()
    {
        lock (gate)
        {
            ClaimedMail[] left = [.. waiting];
            waiting.Clear();
            return left;
        }
    }

    private Turn? Pick(out TimeSpan wait)
    {
        wait = Patience;
        if (waiting.First is null)
            return null;
        if (lanes.Resting is { } why)
        {
            tally.Stop(why);
            return null;
        }
        if (limits.Wait() is not { } all || all > TimeSpan.Zero)
        {
            wait = Exhausted(limits.Wait());
            return null;
        }
        for (var node = waiting.First; node is not null; node = node.Next)
        {
            var mail = node.Value;
            if (limits.Wait(mail.Domain) is not { } until)
                continue;
            if (until > Patience)
            {
                Take(node);
                return new Turn(mail) { WaitsUntil = time.GetUtcNow() + until + Behind(mail.Domain) };
            }
            if (until > TimeSpan.Zero)
            {
                wait = until < wait ? until : wait;
                continue;
            }
            if (lanes.Choose() is not { } lane)
                return null;
            Take(node);
            limits.Begin(mail.Domain);
            return new Turn(mail) { Lane = lane, Session = lane.Enter() };
        }
        return null;
    }

    private void Take(LinkedListNode<ClaimedMail> node)
    {
        waiting.Remove(node);
        if (low is null || waiting.Count > lowWater)
            return;
        low.TrySetResult();
        low = null;
    }

    private TimeSpan Exhausted(TimeSpan? wait)
    {
        if (wait is not { } known)
            return Patience;
        if (known <= Patience)
            return known;
        ExhaustedUntil = time.GetUtcNow() + known;
        tally.End();
        return TimeSpan.Zero;
    }

    private TimeSpan Behind(string domain)
    {
        var others = postponed.GetValueOrDefault(domain);
        postponed[domain] = others + 1;
        return limits.Behind(domain, others);
    }

    private void Signal()
    {
        changed?.TrySetResult();
        changed = null;
    }

    private async Task WaitAsync(Task change, TimeSpan wait)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(tally.Ending);
        await Task.WhenAny(change, WholeMilliseconds.PassAsync(wait, time, enough.Token));
        await enough.CancelAsync();
    }
}
