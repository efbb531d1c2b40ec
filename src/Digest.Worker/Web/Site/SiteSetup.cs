using Digest.Templates.Site;
using Digest.Worker.Delivery;
using Digest.Worker.Web.Own;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Site;

internal static class SiteSetup
{
    public static IServiceCollection AddSite(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => SiteTemplates.Load(TemplatesSetup.Folder(configuration), TemplatesSetup.Theme(configuration)))
        .AddSingleton<ReaderLanguage>()
        .AddSingleton<SitePages>()
        .AddSingleton<AnswerCache>()
        .AddSingleton<ListedPapers>()
        .AddSingleton<ListFeed>()
        .AddSingleton<ListDoors>()
        .AddSingleton<PaperDoor>();

    public static void MapSite(this IEndpointRouteBuilder app)
    {
        var pages = app.ServiceProvider.GetRequiredService<SitePages>();
        app.MapMethods("/site.css", Reading.Methods, (HttpContext http) => SiteHeaders.WriteAsync(http, pages.Style, Forever));
        app.MapMethods("/site.svg", Reading.Methods, (HttpContext http) => SiteHeaders.WriteAsync(http, pages.Icon, Forever));
        app.ServiceProvider.GetRequiredService<ListDoors>().Map(app);
        app.ServiceProvider.GetRequiredService<PaperDoor>().Map(app);
        app.ServiceProvider.GetRequiredService<SearchDoor>().Map(app);
        if (app.ServiceProvider.GetRequiredService<WebOptions>().SignUp)
            app.ServiceProvider.GetRequiredService<SubscribeDoor>().Map(app);
        app.MapOwn();
        app.MapFallback((HttpContext http) => SiteHeaders.WriteAsync(http, pages.NotFound(http.Request), 0));
    }

    /// <summary>A year: the address changes with the content.</summary>
    private const int Forever = 31_536_000;
}
