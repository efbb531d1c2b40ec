using System.Net;
using System.Reflection;

namespace Digest.Worker.Papers.Wire;

internal static class WireSetup
{
    public static IServiceCollection AddWire(this IServiceCollection services) => services
        .AddSingleton(new WireLimits())
        .AddSingleton<Gates>()
        .AddSingleton<RawAnswers>()
        .AddSingleton<Fetcher>();

    /// <summary>One connection to a host, redirects in our own hands.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = 1,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
    };

    public static string UserAgent(string? contact)
    {
        var version = typeof(WireSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return contact switch
        {
            null or "" => $"Digest/{version}",
            _ when contact.Contains(':', StringComparison.Ordinal) => $"Digest/{version} (+{contact})",
            _ => $"Digest/{version} (+mailto:{contact})",
        };
    }
}
