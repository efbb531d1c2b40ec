using Digest.Templates.Site;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Site;

/// <summary>The page of one paper.</summary>
internal sealed class PaperDoor(SitePages pages, PaperListStore papers, AnswerCache cache)
{
    private const int Seconds = 300;
    private const int LongestId = 300;

    public void Map(IEndpointRouteBuilder app) => app.MapMethods("/p/{**id}", Reading.Methods, ShowAsync);

    private async Task ShowAsync(string? id, HttpContext http)
    {
        if (id is not { Length: > 0 and <= LongestId } || await papers.FindAsync(id, http.RequestAborted) is not { } paper)
        {
            await SiteHeaders.WriteAsync(http, pages.NotFound(http.Request), 0);
            return;
        }
        var address = ListAddress.Of(paper);
        var frame = pages.Frame(http.Request, address);
        var answer = await cache.GetAsync($"{address} {frame.Language} {frame.LanguageAsked}", () => Task.FromResult(SitePages.Page(pages.Templates.Render(frame, Model(paper)))));
        await SiteHeaders.WriteAsync(http, answer, Seconds);
    }

    private static PaperPageModel Model(Paper paper)
    {
        var day = new Period(PeriodKind.Day, paper.Announced ?? DateOnly.FromDateTime(paper.SeenAt.UtcDateTime));
        return new PaperPageModel
        {
            Paper = ListedPapers.Show(paper),
            DayUrl = paper.Announced is null ? null : $"/{day}",
            Categories = [.. paper.Categories.Take(20).Select(category => new ListLink(category, new ListAddress(day, category, false, 1).Url, null, false))],
        };
    }
}
