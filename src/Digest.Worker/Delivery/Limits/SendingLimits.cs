using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery.Limits;

/// <summary>All limits during one run. Not for several threads at once: whoever hands out the mails holds the lock.</summary>
internal sealed class SendingLimits(LimitScope everything, Func<string, LimitScope?> domainScope, bool ofAll)
{
    private readonly Dictionary<string, LimitScope?> domains = new(StringComparer.Ordinal);

    /// <summary>How long until any message may begin; null: not before an open one ends.</summary>
    public TimeSpan? Wait() => everything.Wait();

    /// <summary>How long until a message to this domain may begin, as far as its own limits go; null: not before an open one ends.</summary>
    public TimeSpan? Wait(string domain) => Scope(domain) is { } scope ? scope.Wait() : TimeSpan.Zero;

    /// <summary>How much later the message with this many before it to the same domain may begin.</summary>
    public TimeSpan Behind(string domain, int others) => Scope(domain)?.Behind(others) ?? TimeSpan.Zero;

    public void Begin(string domain)
    {
        everything.Begin();
        Scope(domain)?.Begin();
    }

    /// <param name="counts">False: no server saw the message.</param>
    public void End(string domain, bool counts)
    {
        everything.End(counts);
        Scope(domain)?.End(counts);
    }

    /// <summary>A message that counted is written down.</summary>
    public void Settled(string domain)
    {
        everything.Settled();
        Scope(domain)?.Settled();
    }

    /// <summary>Whether other workers send beside this one, so that what may begin is drawn from the database.</summary>
    public bool AreOfAll => ofAll;

    /// <summary>What to draw now, or to give back.</summary>
    public IReadOnlyList<(Budget Budget, BudgetWish Wish)> Wishes() =>
        [.. domains.Values.Append(everything).SelectMany(scope => scope?.Budgets ?? []).Select(budget => (budget, budget.Wish())).Where(pair => pair.Item2 is not null).Select(pair => (pair.budget, pair.Item2!))];

    /// <summary>Takes over a message of before; the oldest comes first.</summary>
    public void Remember(string domain, TimeSpan age)
    {
        everything.Remember(age);
        Scope(domain)?.Remember(age);
    }

    private LimitScope? Scope(string domain)
    {
        if (!domains.TryGetValue(domain, out var scope))
            domains[domain] = scope = domainScope(domain);
        return scope;
    }
}
