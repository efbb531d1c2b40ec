using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// Writes out what has to be stored of compositions: the issue, what waits, and when the next is due. At once, so that what it was composed from is let
/// go: what stands in line while another group is stored is texts and numbers. Not thread-safe.
/// </summary>
internal sealed class CompositionWriter(IssuesOptions options, DateTimeOffset now) : IDisposable
{
    private readonly IssueWriter issues = new();

    /// <summary>The slots after this run: hardly more than there are hours, for all its readers.</summary>
    private readonly Dictionary<(Cadence Cadence, int Hour, string Timezone), DateTimeOffset> slots = [];

    public WrittenComposition Write(Composition composition) => new(issues.Write(composition.Issue), Advanced(composition),
        composition.Issue.Choices.Count > 0 || composition.Subscriber.NothingToday);

    public void Dispose() => issues.Dispose();

    private Advance Advanced(Composition composition)
    {
        var (subscriber, _, wanted, waiting, watermark) = composition;
        var next = Next(subscriber);
        // What waits must live to see the next issue, a weekly one too.
        var expires = now.AddDays(options.HoldOverDays);
        return new Advance(subscriber, watermark, next, waiting.After(wanted, next.AddDays(1) > expires ? next.AddDays(1) : expires), composition.Issue.ComposedAt);
    }

    private DateTimeOffset Next(Subscriber subscriber)
    {
        var key = (subscriber.Cadence, subscriber.Hour, subscriber.Timezone);
        if (!slots.TryGetValue(key, out var slot))
            slots[key] = slot = Slot.Next(subscriber.Cadence, subscriber.Hour, subscriber.Zone, now);
        return slot;
    }
}
