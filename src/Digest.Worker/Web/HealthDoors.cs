using Digest.Worker.Health;
using Digest.Worker.Telemetry;

namespace Digest.Worker.Web;

/// <summary>What a supervisor asks: <c>/healthz</c>, is the process alive (if not: restart it); <c>/readyz</c>, can it do its work (if not: look).</summary>
internal static class HealthDoors
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Gauges>();
        app.MapMetrics("/metrics");
        app.MapGet("/healthz", () => Results.Text("alive\n"));
        app.MapGet("/readyz", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var report = await readiness.AskAsync(cancellationToken);
            return Results.Text(report.ToString(), statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
