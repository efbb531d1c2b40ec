namespace Digest.Worker.Telemetry;

/// <summary>The settings under <c>Telemetry</c>.</summary>
internal sealed record TelemetryOptions
{
    /// <summary><c>lines</c> for people, <c>json</c> for collectors: one object a line.</summary>
    public string Logs { get; init; } = "lines";

    /// <summary>Where traces go (OTLP over gRPC, usually port 4317); null: the variable OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere.</summary>
    public string? OtlpEndpoint { get; init; }
}

internal enum LogForm
{
    Lines,
    Json,
}
