using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>Writes out what has to be stored of compositions: the issue, what waits, and when the next is due. Not thread-safe.</summary>
internal sealed class CompositionWriter(IssuesOptions options, DateTimeOffset now) : IDisposable
{
    private readonly IssueWriter issues = new();

    public WrittenComposition Write(Composition composition) => new(issues.Write(composition.Issue), Advanced(composition),
        composition.Issue.Choices.Count > 0 || composition.Subscriber.NothingToday);

    public void Dispose() => issues.Dispose();

    private Advance Advanced(Composition composition)
    {
        var (subscriber, _, wanted, waiting, watermark) = composition;
        var next = Slot.Next(subscriber.Cadence, subscriber.Hour, subscriber.Zone, now);
        // What waits must live to see the next issue, a weekly one too.
        var expires = now.AddDays(options.HoldOverDays);
        return new Advance(subscriber, watermark, next, waiting.After(wanted, next.AddDays(1) > expires ? next.AddDays(1) : expires), composition.Issue.ComposedAt);
    }
}
