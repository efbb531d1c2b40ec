using System.Globalization;
using Digest.Templates.Site;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Search;

/// <summary>The search, as page, feed and data.</summary>
internal sealed class SearchDoor(SitePages pages, PaperSearch search, Spelling spelling, ListFeed feed, AnswerCache cache)
{
    public const int LongestQuery = 300;

    private const int Seconds = 30;
    private const int FewEnoughToDoubt = 3;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/search", Reading.Methods, (HttpContext http) => ShowAsync(http, ""));
        app.MapMethods("/search.{ending:regex(^(atom|json)$)}", Reading.Methods, (string ending, HttpContext http) => ShowAsync(http, "." + ending));
    }

    public static string Url(string query, int page = 1, string ending = "") =>
        $"/search{ending}{(query.Length > 0 ? "?q=" + Uri.EscapeDataString(query) : "")}{(page > 1 ? "&page=" + page.ToString(CultureInfo.InvariantCulture) : "")}";

    private async Task ShowAsync(HttpContext http, string ending)
    {
        var query = Whole(http.Request.Query["q"].ToString());
        var asked = http.Request.Query["page"].ToString();
        var page = asked.Length == 0 ? 1 : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (page is < 1 or > PaperSearch.Most / ListedPapers.PageSize)
        {
            await SiteHeaders.WriteAsync(http, pages.NotFound(http.Request), 0);
            return;
        }
        var frame = pages.Frame(http.Request, Url(query, page)) with { AtomUrl = query.Length > 0 ? Url(query, 1, ".atom") : null, JsonUrl = query.Length > 0 ? Url(query, 1, ".json") : null, Private = true };
        var answer = await cache.GetAsync($"{Url(query, page, ending)} {frame.Language} {frame.LanguageAsked}", () => WriteAsync(query, page, ending, frame));
        await SiteHeaders.WriteAsync(http, answer, Seconds);
    }

    private async Task<Answer> WriteAsync(string query, int page, string ending, SiteFrame frame)
    {
        var found = await search.FindAsync(query, ending.Length > 0 ? 0 : (page - 1) * ListedPapers.PageSize, ListedPapers.PageSize, CancellationToken.None);
        if (ending.Length > 0)
        {
            var papers = found.Matches.Select(match => match.Paper).ToList();
            var title = $"{frame.SiteName}: {query}";
            return ending == ".atom" ? feed.Atom(Url(query), Url(query, 1, ending), title, papers, frame.Language) : feed.Json(Url(query), Url(query, 1, ending), title, papers, frame.Language);
        }
        var total = found.Total;
        var meant = total <= FewEnoughToDoubt && query.Length > 0 ? await spelling.MendAsync(query, CancellationToken.None) : null;
        var last = Math.Max(1, (total + ListedPapers.PageSize - 1) / ListedPapers.PageSize);
        return SitePages.Page(pages.Templates.Render(frame, new SearchModel
        {
            Query = query,
            Papers = [.. found.Matches.Select(ListedPapers.Show)],
            FirstNumber = (page - 1) * ListedPapers.PageSize + 1,
            Total = total,
            More = found.More,
            Problems = [.. found.Profile.Problems.Select(problem => problem.In(frame.Language))],
            Meant = meant,
            MeantUrl = meant is null ? null : Url(meant),
            MailUrl = frame.SubscribeUrl is null || query.Length == 0 ? null : SubscribeDoor.Url(query),
            Page = page,
            Pages = last,
            PreviousPage = page > 1 ? Url(query, page - 1) : null,
            NextPage = page < last ? Url(query, page + 1) : null,
        }));
    }

    /// <summary>One line: a query is an interest. Cut between characters, not within one.</summary>
    private static string Whole(string text)
    {
        var line = string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString())).Trim();
        return line.Length <= LongestQuery ? line : line[..(char.IsHighSurrogate(line[LongestQuery - 1]) ? LongestQuery - 1 : LongestQuery)];
    }
}
