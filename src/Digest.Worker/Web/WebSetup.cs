using Digest.Worker.Settings;
using Digest.Worker.Web.Admin;
using Digest.Worker.Web.Api;
using Digest.Worker.Web.Own;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web;

internal static class WebSetup
{
    /// <exception cref="SettingException">A setting under <c>Web</c> cannot be used.</exception>
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<WebOptions>("Web");
        SettingFaults.CheckAll(
        [
            () => WebAddresses.Read("Web:Urls", options.Urls),
            () => WebAddresses.Read("Web:OperatorUrls", options.OperatorUrls),
            () => Require(options.RequestsPerMinute is >= 10 and <= 1_000_000, "Web:RequestsPerMinute", $"{options.RequestsPerMinute}", "10 to 1000000"),
            () => Require(options.SearchMegabytes is null or (>= 1 and <= 10_000), "Web:SearchMegabytes", $"{options.SearchMegabytes}", "1 to 10000"),
        ]);
        return services.AddSingleton(options).AddSingleton<DoorPorts>().AddSingleton<DoorGuard>().AddKeyedSingleton<DoorGuard>(DoorGuard.Operators).AddSingleton<DoorPages>().AddSingleton<EvenPace>().AddSingleton<DoorProbe>().AddSingleton<TokenDoors>().AddSite(configuration).AddSearch().AddSubscribe().AddOwn().AddApi().AddAdmin();
    }

    /// <summary>Listens at both doors' addresses.</summary>
    public static void ListenAtDoors(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Bind<WebOptions>("Web");
        builder.WebHost.UseUrls([.. options.Urls.Split(';').Concat(options.OperatorUrls.Split(';')).Select(url => url.Trim()).Where(url => url.Length > 0).Distinct()]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Nobody sends us more than a form with a profile.
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 2000;
        });
    }

    public static void MapDoors(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<DoorPorts>().KeepApartAsync);
        app.MapHealth();
        app.Services.GetRequiredService<ApiDoors>().Map(app);
        app.Services.GetRequiredService<AdminDoors>().Map(app);
        app.Services.GetRequiredService<TokenDoors>().Map(app);
        app.MapSite();
    }

    private static void Require(bool holds, string key, string value, string allowed)
    {
        if (!holds)
            throw new SettingException(key, value, allowed);
    }
}
