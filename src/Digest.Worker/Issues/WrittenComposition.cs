using Digest.Worker.Subscribers;

namespace Digest.Worker.Issues;

/// <summary>A composition as it is stored; what it was composed from may be forgotten.</summary>
/// <param name="Advance">Where the subscriber stands after it.</param>
/// <param name="IsMailed">False: there is nothing for them, and they want no mail that says so.</param>
internal sealed record WrittenComposition(WrittenIssue Issue, Advance Advance, bool IsMailed)
{
    public Subscriber Subscriber => Advance.Subscriber;
}
