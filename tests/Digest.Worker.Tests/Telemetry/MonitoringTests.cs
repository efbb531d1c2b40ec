using System.Text.Json;
using System.Text.RegularExpressions;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Telemetry;

/// <summary>Holds the dashboard and the alert rules to the metrics in the code: none that is not there, none forgotten.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Repository.Folder, "docs", "monitoring");

    [Fact]
    public void The_dashboard_shows_every_metric_and_no_other() => Assert.Equal(InCode(), InUse("grafana.json"));

    [Fact]
    public void The_page_on_operating_names_every_metric_and_no_other() =>
        Assert.Equal(InCode(), [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "OPERATING.md"))).Select(row => row.Groups["name"].Value)]);

    [Fact]
    public void The_alert_rules_ask_only_for_metrics_that_are_there()
    {
        var used = InUse("prometheus.yaml");
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(InCode()));
    }

    [Fact]
    public void The_dashboard_is_a_document_that_Grafana_can_read()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.True(panels.Count > 10);
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString())));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    /// <summary>As the exporter names them: a counter ends with <c>_total</c>.</summary>
    private static SortedSet<string> InCode() =>
        [.. from file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src", "Digest.Worker"), "*.cs", SearchOption.AllDirectories)
            from Match instrument in Instrument().Matches(File.ReadAllText(file))
            select instrument.Groups["name"].Value + (instrument.Groups["kind"].Value == "Counter" ? "_total" : "")];

    private static SortedSet<string> InUse(string file) => [.. Metric().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Value)];

    [GeneratedRegex("Create(?:Observable)?(?<kind>Counter|Gauge)(?:<[a-z]+>)?\\(\"(?<name>digest_[a-z_]+)\"")]
    private static partial Regex Instrument();

    [GeneratedRegex("^\\| (?<name>digest_[a-z_]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("digest_[a-z_]+")]
    private static partial Regex Metric();
}
