using System.Diagnostics.Metrics;

namespace Digest.Worker.Papers;

/// <summary>What harvests bring. Labels: the operator's own source names.</summary>
internal static class PaperMetrics
{
    private static readonly Meter Meter = new("Digest");
    private static readonly Counter<long> Papers = Meter.CreateCounter<long>("digest_papers", description: "Entries of sources: new, known or set aside.");
    private static readonly Counter<long> Harvests = Meter.CreateCounter<long>("digest_harvests", description: "Harvests of sources, by outcome.");

    public static void Harvested(SourceReport report)
    {
        Harvests.Add(1, new("source", report.Source), new("outcome", report.Failure is null ? "ok" : "failed"));
        Papers.Add(report.NewPapers, new("source", report.Source), new("state", "new"));
        Papers.Add(report.Entries - report.NewPapers, new("source", report.Source), new("state", "known"));
        Papers.Add(report.SetAside, new("source", report.Source), new("state", "set_aside"));
    }
}
