using System.Security.Cryptography;
using Digest.Worker.Settings;
using Digest.Worker.Storage;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Digest.Worker.Telemetry;

internal static class TelemetrySetup
{
    public const string MeterName = "Digest";

    /// <summary>Log lines of one form, cleaned of addresses and secrets.</summary>
    /// <exception cref="SettingException">A setting under <c>Telemetry</c> cannot be used.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<TelemetryOptions>("Telemetry");
        var form = SettingBinding.OneOf<LogForm>("Telemetry:Logs", options.Logs);
        var endpoint = options.OtlpEndpoint ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (options.OtlpEndpoint is { Length: > 0 } text && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new SettingException("Telemetry:OtlpEndpoint", text, "an address such as http://collector:4317");
        var given = configuration.AsEnumerable().Where(pair => pair.Value is { Length: > 0 }).ToList();
        var secrets = new LogSecrets(given.SelectMany(pair => SettingKeys.IsSecret(pair.Key) ? [pair.Value!] : InnerSecrets.Find(pair.Value!)),
            given.Where(pair => pair.Key.EndsWith(":PasswordFile", StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value!));
        services.AddSingleton(options).AddSingleton<ConsoleFormatter>(provider => new LogWriter(form,
            new Lazy<LogRedaction>(() => new LogRedaction(HashKey(provider), secrets)), provider.GetRequiredService<TimeProvider>()));
        if (endpoint is { Length: > 0 })
            services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("digest"))
                .WithTracing(tracing => tracing.AddSource(Traces.Name).AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint)));
        return services;
    }

    private static byte[] HashKey(IServiceProvider provider)
    {
        try
        {
            return provider.GetRequiredService<InstallationKey>().Derive("hashes in the log");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The trouble must be told, and no line may fail for it: hashes of this process alone.
            return RandomNumberGenerator.GetBytes(32);
        }
    }

    /// <summary>Collects the metrics of a running service for <c>/metrics</c>.</summary>
    public static IServiceCollection AddMeters(this IServiceCollection services)
    {
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("digest")).WithMetrics(metrics => metrics.AddMeter(MeterName).AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 1000));
        return services;
    }

    /// <summary>The door for Prometheus, where metrics are collected.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app, string path)
    {
        if (app.ServiceProvider.GetService<MeterProvider>() is not null)
            app.MapPrometheusScrapingEndpoint(path);
    }
}
