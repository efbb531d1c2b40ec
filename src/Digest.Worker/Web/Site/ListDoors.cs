namespace Digest.Worker.Web.Site;

/// <summary>The lists of a day, week or month, as page, feed and data.</summary>
internal sealed class ListDoors(SitePages pages, ListedPapers lists, ListFeed feed, AnswerCache cache)
{
    private const int Seconds = 30;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Reading.Methods, (HttpContext http, CancellationToken cancellationToken) => NewestAsync(http, "", cancellationToken));
        app.MapMethods("/{ending:regex(^(atom|json)$)}", Reading.Methods, (string ending, HttpContext http, CancellationToken cancellationToken) => NewestAsync(http, "." + ending, cancellationToken));
        app.MapMethods("/{period:regex(^\\d{{4}}-(\\d\\d|W\\d\\d|\\d\\d-\\d\\d)$)}", Reading.Methods,
            (string period, HttpContext http) => ShowAsync(http, Period.Parse(period), ""));
        app.MapMethods("/{period:regex(^\\d{{4}}-(\\d\\d|W\\d\\d|\\d\\d-\\d\\d)$)}.{ending:regex(^(atom|json)$)}", Reading.Methods,
            (string period, string ending, HttpContext http) => ShowAsync(http, Period.Parse(period), "." + ending));
    }

    private async Task NewestAsync(HttpContext http, string ending, CancellationToken cancellationToken) =>
        await ShowAsync(http, new Period(Templates.Site.PeriodKind.Day, await lists.NewestDayAsync(cancellationToken)), ending);

    private async Task ShowAsync(HttpContext http, Period? period, string ending)
    {
        if (period is not { } known || ListAddress.Read(known, http.Request.Query) is not { } address)
        {
            await SiteHeaders.WriteAsync(http, pages.NotFound(http.Request), 0);
            return;
        }
        var frame = pages.Frame(http.Request, address.Url) with { AtomUrl = address.Write(".atom"), JsonUrl = address.Write(".json") };
        var key = $"{address.Write(ending)} {frame.Language} {frame.LanguageAsked}";
        // Not tied to this request: others may wait for the same page.
        var answer = await cache.GetAsync(key, async () => ending switch
        {
            ".atom" => feed.Atom(address, await lists.PageAsync(address, CancellationToken.None), frame.Language),
            ".json" => feed.Json(address, await lists.PageAsync(address, CancellationToken.None), frame.Language),
            _ => await lists.ReadAsync(address, CancellationToken.None) is var list && list.Page > list.Pages
                ? pages.NotFound(http.Request)
                : SitePages.Page(pages.Templates.Render(frame, list)),
        });
        await SiteHeaders.WriteAsync(http, answer, Seconds);
    }
}
