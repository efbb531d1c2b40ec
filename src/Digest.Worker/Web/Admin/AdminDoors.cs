using Digest.Templates.Site.Admin;
using Digest.Worker.Access;
using Digest.Worker.Delivery;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Admin;

/// <summary>The operator's pages, at the operator's port alone, for who showed a key. They look and change nothing: the command line and the API do.</summary>
internal sealed class AdminDoors(IEnumerable<IAdminPages> groups, AdminSession session, AccessKeys keys, SitePages site, SenderOptions sender, [FromKeyedServices(DoorGuard.Operators)] DoorGuard guard)
{
    public const string Root = "/admin";

    private const string FramePolicy = SiteHeaders.Policy + "; frame-src 'self'";
    private const string InsetPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox";

    private readonly Answer style = new(StatusCodes.Status200OK, "text/css; charset=utf-8", site.Templates.AdminStyleSheet);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(Root + "/style.css", Reading.Methods, (HttpContext http) => SiteHeaders.WriteAsync(http, style, 3600));
        app.MapMethods(Root + "/site.svg", Reading.Methods, (HttpContext http) => SiteHeaders.WriteAsync(http, site.Icon, 3600));
        app.MapMethods(Root + "/login", Reading.Methods, (HttpContext http) => ShowAsync(http, Login([]), StatusCodes.Status200OK));
        app.MapPost(Root + "/login", LogInAsync);
        app.MapPost(Root + "/logout", (HttpContext http) =>
        {
            if (!FormProof.IsFromElsewhere(http.Request))
                AdminSession.End(http);
            return Go(http, Root + "/login");
        });
        foreach (var page in groups.SelectMany(group => group.Pages))
            app.MapMethods(Root + page.Path, page.Posts ? [HttpMethods.Post] : Reading.Methods, (HttpContext http) => OpenAsync(http, page));
        app.MapMethods(Root + "/{**rest}", Reading.Methods, (HttpContext http) => GuardAsync(http, () => ShowAsync(http, AdminReading.NotThere, StatusCodes.Status404NotFound)));
    }

    private Task OpenAsync(HttpContext http, AdminRoute route) => GuardAsync(http, async () =>
    {
        switch (await route.Read(http, http.RequestAborted))
        {
            case AdminPage page:
                await ShowAsync(http, page, StatusCodes.Status200OK);
                break;
            case string mail:
                await SiteHeaders.WritePrivateAsync(http, StatusCodes.Status200OK, mail, InsetPolicy);
                break;
            default:
                await ShowAsync(http, AdminReading.NotThere, StatusCodes.Status404NotFound);
                break;
        }
    });

    private async Task GuardAsync(HttpContext http, Func<Task> show)
    {
        if (await session.IsOpenAsync(http))
            await show();
        else
            await Go(http, Root + "/login");
    }

    private async Task LogInAsync(HttpContext http)
    {
        if (await WishForm.TakeAsync(http) is not { } sent)
            return;
        if (!FormProof.IsFromElsewhere(http.Request) && await keys.FindAsync(sent["key"].ToString().Trim(), http.RequestAborted) is { } key)
        {
            session.Begin(http, key);
            await Go(http, Root);
            return;
        }
        var allowed = guard.Allows(http.Connection.RemoteIpAddress);
        if (!allowed)
            http.Response.Headers.RetryAfter = "60";
        await ShowAsync(http, Login([new AdminNote(allowed ? "This is no key that opens anything." : "Too many tries; wait a minute.", Bad: true)]), allowed ? StatusCodes.Status403Forbidden : StatusCodes.Status429TooManyRequests);
    }

    private static AdminPage Login(IReadOnlyList<AdminBlock> before) => new("For the operator", null, [.. before, new AdminLogin(Root + "/login")]);

    private Task ShowAsync(HttpContext http, AdminPage page, int status) =>
        SiteHeaders.WritePrivateAsync(http, status, site.Templates.Render(page, sender.Name, $"{Root}/style.css?{style.Tag}", Root), FramePolicy);

    private static Task Go(HttpContext http, string path)
    {
        SiteHeaders.Protect(http.Response);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = path;
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}
