namespace Digest.Worker.Subscribers;

/// <summary>What became of a request about a subscription.</summary>
/// <param name="Done">False: nothing was changed, <paramref name="Problems"/> says why.</param>
internal sealed record Outcome(bool Done, Subscriber? Subscriber, IReadOnlyList<string> Problems)
{
    public static Outcome Changed(Subscriber subscriber) => new(true, subscriber, []);

    public static Outcome Refused(params IReadOnlyList<string> problems) => new(false, null, problems);
}
