using System.Diagnostics.Metrics;

namespace Digest.Worker.Issues;

/// <summary>What was composed.</summary>
internal static class IssueMetrics
{
    private static readonly Meter Meter = new("Digest");
    private static readonly Counter<long> Issues = Meter.CreateCounter<long>("digest_issues", description: "Slots that were answered: composed, or empty.");
    private static readonly Counter<long> Papers = Meter.CreateCounter<long>("digest_issue_papers", description: "Papers chosen for issues.");

    public static void Composed(ComposeReport report)
    {
        Issues.Add(report.Composed, new KeyValuePair<string, object?>("state", "composed"));
        Issues.Add(report.Empty, new KeyValuePair<string, object?>("state", "empty"));
        Papers.Add(report.Papers);
    }
}
