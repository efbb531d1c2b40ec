using System.Diagnostics;

namespace Digest.Worker.Telemetry;

/// <summary>The source of our spans: one for each run of a use-case. Nothing of a reader stands in one.</summary>
internal static class Traces
{
    public const string Name = "Digest";

    private static readonly ActivitySource Source = new(Name);

    /// <returns>Null when nobody listens.</returns>
    public static Activity? Begin(string run) => Source.StartActivity(run);
}
