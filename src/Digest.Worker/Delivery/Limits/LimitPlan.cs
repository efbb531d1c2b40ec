using Digest.Worker.Outbox;

namespace Digest.Worker.Delivery.Limits;

/// <summary>What the settings say about limits, and the limits of one run made from it and from what was sent before.</summary>
internal sealed class LimitPlan(DeliveryOptions options, SendingStore sending, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, DomainLimit> domains = options.Domains.ToDictionary(limit => RecipientDomain.Of(limit.Domain), StringComparer.Ordinal);
    private readonly DomainLimit others = new() { PerSecond = options.DomainPerSecond, PerHour = options.DomainPerHour, Connections = options.DomainConnections };

    /// <summary>False: nothing is limited, and nothing needs to be written down.</summary>
    public bool IsSet => options.PerSecond > 0 || options.PerHour > 0 || options.WarmUp.Count > 0 || others.IsSet || domains.Values.Any(limit => limit.IsSet);

    public async Task<SendingLimits> BeginAsync(CancellationToken cancellationToken)
    {
        if (!IsSet)
            return new SendingLimits(new LimitScope([], 0), _ => null);
        var now = time.GetUtcNow();
        await sending.TidyAsync(now, cancellationToken);
        var limits = new SendingLimits(Everything(now), domain => Scope(domains.GetValueOrDefault(domain, others)));
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
        var windows = Windows(options.PerSecond, options.PerHour);
        if (WarmUpAt(now) is { } most)
            windows.Add(new SendingWindow(most, Day, time));
        return new LimitScope(windows, 0);
    }

    private LimitScope? Scope(DomainLimit limit) => limit.IsSet ? new LimitScope(Windows(limit.PerSecond, limit.PerHour), limit.Connections) : null;

    private List<SendingWindow> Windows(int perSecond, int perHour)
    {
        var windows = new List<SendingWindow>();
        if (perSecond > 0)
            windows.Add(new SendingWindow(perSecond, Second, time));
        if (perHour > 0)
            windows.Add(new SendingWindow(perHour, Hour, time));
        return windows;
    }
}
