namespace Digest.Worker.Alerts;

/// <summary>The settings under <c>Alerts</c>.</summary>
internal sealed record AlertsOptions
{
    /// <summary>Addresses that alarms are mailed to, separated by commas; none: alarms stand in the log alone.</summary>
    public string To { get; init; } = "";

    public IReadOnlyList<string> Recipients => To.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
