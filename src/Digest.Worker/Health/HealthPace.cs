namespace Digest.Worker.Health;

/// <summary>How late is late, from how often the service looks.</summary>
/// <param name="SourcePatience">A source that did not answer for so long is told of.</param>
/// <param name="ComposePatience">So long after its slot an issue is composed, unless a batch is waited for.</param>
/// <param name="SendPatience">So long after it was composed an issue is on its way.</param>
internal sealed record HealthPace(TimeSpan SourcePatience, TimeSpan ComposePatience, TimeSpan SendPatience)
{
    public static HealthPace Of(TimeSpan harvest, TimeSpan compose, TimeSpan deliver) =>
        new(Longer(TimeSpan.FromHours(2), harvest * 3), Longer(TimeSpan.FromMinutes(15), compose * 3), Longer(TimeSpan.FromMinutes(30), deliver * 3));

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
