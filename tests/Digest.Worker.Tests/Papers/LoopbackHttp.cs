using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digest.Worker.Tests.Papers;

/// <summary>A real HTTP server on loopback that plays a provider; what was asked of it is remembered.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackHttp(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    public ConcurrentQueue<Asked> Asked { get; } = new();

    public static async Task<LoopbackHttp> StartAsync(RequestDelegate answer, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new LoopbackHttp(builder.Build());
        server.app.Run(context =>
        {
            var request = context.Request;
            server.Asked.Enqueue(new Asked(request.Path + request.QueryString, request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                (time ?? TimeProvider.System).GetUtcNow()));
            return answer(context);
        });
        await server.app.StartAsync();
        server.Url = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

internal sealed record Asked(string PathAndQuery, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At);
