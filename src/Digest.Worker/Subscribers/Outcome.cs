namespace Digest.Worker.Subscribers;

/// <summary>What became of a request about a subscription.</summary>
/// <param name="Done">False: nothing was changed, <paramref name="Problems"/> says why.</param>
/// <param name="Problems">English; <see cref="Wording"/> says them in a reader's language.</param>
internal sealed record Outcome(bool Done, Subscriber? Subscriber, IReadOnlyList<FormattableString> Problems)
{
    public static Outcome Changed(Subscriber subscriber) => new(true, subscriber, []);

    public static Outcome Refused(FormattableString problem) => new(false, null, [problem]);

    public static Outcome Refused(IReadOnlyList<FormattableString> problems) => new(false, null, problems);
}
