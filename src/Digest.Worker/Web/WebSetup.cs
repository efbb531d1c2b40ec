using Digest.Worker.Settings;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web;

internal static class WebSetup
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<WebOptions>("Web");
        foreach (var url in options.Urls.Split(';'))
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(url.Replace("+", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal), UriKind.Absolute, out _))
                throw new SettingException("Web:Urls", options.Urls, "addresses such as http://127.0.0.1:8080, separated by ';' (a reverse proxy brings https)");
        return services.AddSingleton(options).AddSingleton<TokenDoors>().AddSite(configuration).AddSearch().AddSubscribe();
    }

    public static void MapDoors(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("alive\n"));
        var doors = app.Services.GetRequiredService<TokenDoors>();
        app.MapGet("/u/{token}", doors.ShowUnsubscribe);
        app.MapPost("/u/{token}", doors.UnsubscribeAsync);
        app.MapGet("/c/{token}", doors.ShowConfirm);
        app.MapPost("/c/{token}", doors.ConfirmAsync);
        app.MapSite();
    }
}
