using System.Collections.Concurrent;
using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>
/// Writes out what has to be stored of compositions: the issue, what waits, and when the next is due. At once, so that what it was composed from is let
/// go: what stands in line while another group is stored is texts and numbers, and of each reader the few objects that the storing thread writes out. Not
/// thread-safe, but for giving texts back and <see cref="End"/>.
/// </summary>
internal sealed class CompositionWriter(IssuesOptions options, DateTimeOffset now) : IDisposable
{
    private readonly ConcurrentBag<WrittenTexts> free = [];

    /// <summary>The slots after this run: hardly more than there are hours, for all its readers.</summary>
    private readonly Dictionary<(Cadence Cadence, int Hour, string Timezone), (DateTimeOffset Slot, string Expires)> slots = [];

    /// <summary>Memory for the texts of a group.</summary>
    public WrittenTexts Take() => free.TryTake(out var texts) ? texts : new WrittenTexts();

    /// <summary>The group is stored: its texts may be written over.</summary>
    public void GiveBack(WrittenTexts texts)
    {
        texts.Clear();
        free.Add(texts);
    }

    /// <summary>Writes what the composition is needed for.</summary>
    public WrittenComposition Begin(Composition composition, WrittenTexts texts) => new(IssueWriter.Begin(composition.Issue, texts), Advanced(composition, texts),
        composition.Issue.Choices.Count > 0 || composition.Subscriber.NothingToday);

    /// <summary>Writes the rest, on whatever thread stores it.</summary>
    public static WrittenComposition End(WrittenComposition composition, WrittenTexts texts)
    {
        IssueWriter.End(composition.Issue, texts);
        return composition;
    }

    public void Dispose()
    {
        foreach (var texts in free)
            texts.Dispose();
    }

    private Advance Advanced(Composition composition, WrittenTexts texts)
    {
        var (subscriber, _, wanted, waiting, watermark) = composition;
        var (next, expires) = Next(subscriber);
        waiting.WriteAfter(texts.Begin(), wanted, expires);
        return new Advance(subscriber, watermark, next, texts.End(), composition.Issue.ComposedAt);
    }

    /// <summary>The next slot of a subscriber, and until when what waits for it waits, as that is stored.</summary>
    private (DateTimeOffset Slot, string Expires) Next(Subscriber subscriber)
    {
        var key = (subscriber.Cadence, subscriber.Hour, subscriber.Timezone);
        if (slots.TryGetValue(key, out var known))
            return known;
        var slot = Slot.Next(subscriber.Cadence, subscriber.Hour, subscriber.Zone, now);
        // What waits must live to see the next issue, a weekly one too.
        var expires = now.AddDays(options.HoldOverDays);
        return slots[key] = (slot, TypeHandlers.ToText(slot.AddDays(1) > expires ? slot.AddDays(1) : expires));
    }
}
