using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery.Limits;

/// <summary>What the settings say about limits, and the limits of one run made from it and from what was sent before.</summary>
internal sealed class LimitPlan(DeliveryOptions options, SendingStore sending, BudgetStore budgets, Lanes lanes, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, DomainLimit> domains = options.Domains.ToDictionary(limit => RecipientDomain.Of(limit.Domain), StringComparer.Ordinal);
    private readonly DomainLimit others = new() { PerSecond = options.DomainPerSecond, PerHour = options.DomainPerHour, Connections = options.DomainConnections };

    /// <summary>False: nothing is limited, and nothing needs to be written down.</summary>
    public bool IsSet => options.PerSecond > 0 || options.PerHour > 0 || options.WarmUp.Count > 0 || others.IsSet || domains.Values.Any(limit => limit.IsSet);

    /// <summary>Limits are set, and hold for all workers together.</summary>
    public bool IsOfAll => IsSet && budgets.IsForMany;

    public async Task<SendingLimits> BeginAsync(CancellationToken cancellationToken)
    {
        if (!IsSet)
            return new SendingLimits(new LimitScope([], 0, []), _ => null, ofAll: false);
        var now = time.GetUtcNow();
        await sending.TidyAsync(now, cancellationToken);
        var limits = new SendingLimits(Everything(now), domain => Scope(domain, domains.GetValueOrDefault(domain, others)), IsOfAll);
        if (IsOfAll)
            return limits;
        foreach (var sent in await sending.SinceAsync(now - LongestWindow, now, cancellationToken))
            limits.Remember(sent.Domain, now - sent.At);
        return limits;
    }

    /// <summary>The most messages in any 24 hours on this day of the warm-up; null before a schedule is set and after its last day.</summary>
    public int? WarmUpAt(DateTimeOffset now) => options is { WarmUp: { Count: > 0 } days, WarmUpFrom: { } first } && Math.Max(0, DateOnly.FromDateTime(now.UtcDateTime).DayNumber - first.DayNumber) is var day && day < days.Count
        ? days[day]
        : null;

    private TimeSpan LongestWindow => options.WarmUp.Count > 0 ? Day : Hour;

    private LimitScope Everything(DateTimeOffset now)
    {
        var set = Windows(options.PerSecond, options.PerHour);
        if (WarmUpAt(now) is { } most)
            set.Add((most, Day));
        return Scope("", set, 0);
    }

    private LimitScope? Scope(string domain, DomainLimit limit) => limit.IsSet ? Scope(domain, Windows(limit.PerSecond, limit.PerHour), limit.Connections) : null;

    private LimitScope Scope(string domain, List<(int Most, TimeSpan Length)> set, int atOnce)
    {
        if (!IsOfAll)
            return new LimitScope([.. set.Select(window => new SendingWindow(window.Most, window.Length, time))], atOnce, []);
        if (atOnce > 0)
            set.Add((atOnce, TimeSpan.Zero));
        return new LimitScope([], 0, [.. set.Select(window => new Budget(domain, window.Most, window.Length, Batch(window.Most, window.Length), time))]);
    }

    /// <summary>So many at once that a draw is seldom, and so few that other workers find some: what the connections can take, or a hundredth of a long window.</summary>
    private int Batch(int most, TimeSpan length) => Math.Min(most, length > Second ? Math.Max(lanes.Connections, most / 100) : lanes.Connections);

    private static List<(int Most, TimeSpan Length)> Windows(int perSecond, int perHour)
    {
        var windows = new List<(int Most, TimeSpan Length)>();
        if (perSecond > 0)
            windows.Add((perSecond, Second));
        if (perHour > 0)
            windows.Add((perHour, Hour));
        return windows;
    }
}
