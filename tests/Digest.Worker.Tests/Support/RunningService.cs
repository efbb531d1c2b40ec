using Digest.Worker.Storage;
using Digest.Worker.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Worker.Tests.Support;

/// <summary>A service whose HTTP doors are open on ports of its own, without the schedule.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    /// <summary>As <c>Web:PublicUrl</c>: where the readers' doors are.</summary>
    public const string Here = "here";

    private readonly WebApplication app;
    private readonly TestFolder folder;

    private RunningService(WebApplication app, TestFolder folder, int port, int operatorPort)
    {
        (this.app, this.folder) = (app, folder);
        Doors = Client(port);
        Operator = Client(operatorPort);
    }

    /// <summary>At the readers' port.</summary>
    public HttpClient Doors { get; }

    /// <summary>At the operator's port.</summary>
    public HttpClient Operator { get; }

    /// <summary>Where it keeps its data.</summary>
    public string Folder => folder.Path;

    public Database Database => Get<Database>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<RunningService> StartAsync(TimeProvider? time = null, Action<ILoggingBuilder>? logging = null, params (string Key, string? Value)[] settings)
    {
        var folder = new TestFolder();
        var (port, operatorPort) = (Ports.Free(), Ports.Free());
        var all = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = TestDatabase.ConnectionString(folder.Path),
            ["Storage:DataFolder"] = folder.Path,
            ["Sender:From"] = "digest@lists.example.org",
            ["Web:Urls"] = $"http://127.0.0.1:{port}",
            ["Web:OperatorUrls"] = $"http://127.0.0.1:{operatorPort}",
            ["Web:RequestsPerMinute"] = "1000000",
        };
        foreach (var (key, value) in settings)
            all[key] = value == Here ? all["Web:Urls"] : value;
        var app = DigestHost.Build(time ?? TestDatabase.Clock, all, adjust: builder =>
        {
            builder.Services.AddMetersForTest();
            if (logging is null)
                builder.Logging.ClearProviders();
            else
                logging(builder.Logging);
        });
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        app.MapDoors();
        await app.StartAsync();
        return new RunningService(app, folder, port, operatorPort);
    }

    public async ValueTask DisposeAsync()
    {
        Doors.Dispose();
        Operator.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private static HttpClient Client(int port) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
}

internal static class RunningServiceSetup
{
    public static void AddMetersForTest(this IServiceCollection services) => Digest.Worker.Telemetry.TelemetrySetup.AddMeters(services);
}
