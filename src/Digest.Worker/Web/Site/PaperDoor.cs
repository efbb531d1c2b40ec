using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Web.Search;

namespace Digest.Worker.Web.Site;

/// <summary>The page of one paper.</summary>
internal sealed class PaperDoor(SitePages pages, PaperListStore papers, PaperSearch search, AnswerCache cache)
{
    private const int Seconds = 300;
    private const int LongestId = 300;
    private const int MostLike = 8;

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
        var answer = await cache.GetAsync($"{address} {frame.Language} {frame.LanguageAsked}", async () => SitePages.Page(pages.Templates.Render(frame, await ModelAsync(paper))));
        await SiteHeaders.WriteAsync(http, answer, Seconds);
    }

    /// <summary>What is like it is what the phrases of its title find, as "more like this" by mail does.</summary>
    private async Task<PaperPageModel> ModelAsync(Paper paper)
    {
        var like = await search.FindAsync(TitleInterest.Of(paper.Title), 0, MostLike + 1, CancellationToken.None);
        var day = new Period(PeriodKind.Day, paper.Announced ?? DateOnly.FromDateTime(paper.SeenAt.UtcDateTime));
        return new PaperPageModel
        {
            Paper = ListedPapers.Show(paper),
            DayUrl = paper.Announced is null ? null : $"/{day}",
            Categories = [.. paper.Categories.Take(20).Select(category => new ListLink(category, new ListAddress(day, category, false, 1).Url, null, false))],
            Like = [.. like.Matches.Where(match => match.Paper.Id != paper.Id).Take(MostLike).Select(match => ListedPapers.Show(match.Paper))],
        };
    }
}
