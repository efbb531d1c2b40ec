using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Own;

/// <summary>A reader's issues in the browser, each with why its papers are in it, and their papers as a feed.</summary>
internal sealed class ArchiveDoor(OwnPages pages, SitePages site, OwnLinks links, IssueReadingStore issues, ListFeed feed, LearnedStore learned, FormProof proofs, DoorGuard guard)
{
    private const int MostIssues = 1_000;
    private const int IssuesInFeed = 30;
    private const int PapersInFeed = 100;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(OwnPages.Root + "/{token}/issues", Reading.Methods, ListAsync);
        app.MapMethods(OwnPages.Root + "/{token}/issues/{id:long}", Reading.Methods, IssueAsync);
        app.MapMethods("/feed/{token}", Reading.Methods, FeedAsync);
    }

    private async Task ListAsync(string token, HttpContext http)
    {
        if (await pages.OpenAsync(token, http) is not { } reader)
            return;
        var all = await issues.NewestAsync(reader.Id, MostIssues, http.RequestAborted);
        var model = new OwnIssuesModel(OwnPages.Url(token), [.. all.Select(issue => OwnPages.Link(token, issue))]);
        await SiteHeaders.WritePrivateAsync(http, StatusCodes.Status200OK, site.Templates.Render(pages.Frame(http, OwnPages.Url(token, "/issues"), reader), model));
    }

    private async Task IssueAsync(string token, long id, HttpContext http)
    {
        if (await pages.OpenAsync(token, http) is not { } reader)
            return;
        if (await issues.FindAsync([id], http.RequestAborted) is not [var issue] || issue.SubscriberId != reader.Id)
        {
            await pages.NoticeAsync(http, "notfound", StatusCodes.Status404NotFound);
            return;
        }
        var given = await learned.ThumbsAsync(reader.Id, [.. issue.Choices.Select(choice => choice.Paper.Id)], http.RequestAborted);
        var model = new OwnIssueModel(OwnPages.Url(token), issue.LocalDate, [.. issue.Choices.Select(ListedPapers.Show)])
        {
            Number = id,
            Proof = proofs.Give(http, OwnPages.Root),
            Thumbs = [.. issue.Choices.Select(choice => new OwnThumb(choice.Paper.Id, given.TryGetValue(choice.Paper.Id, out var more) ? more : null))],
        };
        await SiteHeaders.WritePrivateAsync(http, StatusCodes.Status200OK, site.Templates.Render(pages.Frame(http, OwnPages.Url(token, $"/issues/{id}"), reader), model));
    }

    /// <summary>The newest papers that were sent. Its address opens nothing else, so that a feed reader need not be trusted with more.</summary>
    private async Task FeedAsync(string token, HttpContext http)
    {
        if (!guard.Allows(http.Connection.RemoteIpAddress))
        {
            http.Response.Headers.RetryAfter = "60";
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }
        if (await links.FindAsync(TokenPurpose.Feed, token, http.RequestAborted) is not { } reader)
        {
            await pages.NoticeAsync(http, "own.gone", StatusCodes.Status404NotFound);
            return;
        }
        var newest = await issues.NewestAsync(reader.Id, IssuesInFeed, http.RequestAborted);
        var found = await issues.FindAsync([.. newest.Select(issue => issue.Id)], http.RequestAborted);
        var papers = found.OrderByDescending(issue => issue.Id).SelectMany(issue => issue.Choices.Select(choice => choice.Paper)).Take(PapersInFeed).ToList();
        var frame = pages.Frame(http, "/", reader);
        var answer = feed.Atom("/", $"/feed/{token}", $"{frame.SiteName}: {site.Say(frame.Language, "site.own.issues")}", papers, frame.Language);
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        await SiteHeaders.WriteAsync(http, answer, null);
    }
}
