using Digest.Worker.Papers;
using Digest.Worker.Web.Search;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Api;

/// <summary>The stored papers.</summary>
internal sealed class PaperRoutes(PaperListStore store, ListedPapers lists, PaperSearch search) : IApiRoutes
{
    private const int LongestQuery = 300;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/papers", "listPapers", "The papers of a span of days; of the newest day where nothing is said", ListAsync) with
        {
            Parameters =
            [
                ApiParameter.Day("from", "The first day."), ApiParameter.Day("to", "The last day; 'from' where nothing is said."), ApiParameter.Text("category", "Such as cs.LG, or cs for all of it.", 60),
                ApiParameter.OneOf("order", "votes: those with the most first (the usual); newest.", "votes", "newest"), .. ApiParameter.Paging,
            ],
            Answer = typeof(ApiPage<ApiPaper>),
        },
        ApiRoute.Get("/papers/search", "searchPapers", "What an issue would bring for these interests, over everything stored; best first", SearchAsync) with
        {
            Parameters = [ApiParameter.Text("q", "A line in the language of docs/PROFILE.md.", LongestQuery), .. ApiParameter.Paging],
            Answer = typeof(ApiPage<ApiMatch>),
        },
        ApiRoute.Get("/papers/{id}", "getPaper", "One paper, under any of its names", async (call, stopping) =>
            await store.FindAsync(call.Text("id")!, stopping) is { } paper ? ApiAnswer.Of(ApiPaper.Of(paper)) : ApiAnswer.Of(Problem.NotFound("paper of this name")))
            with { Parameters = [ApiParameter.Text("id", "An arXiv id, DOI or other name; a slash in it is written %2F.", 300, inPath: true)], Answer = typeof(ApiPaper) },
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var from = call.Day("from") ?? call.Day("to") ?? await lists.NewestDayAsync(cancellationToken);
        var to = call.Day("to") ?? from;
        if (to < from)
            return ApiAnswer.Of(Problem.Faulty([new Fault("query", "to", "is before 'from'")]));
        var skip = (int)Math.Min(call.Cursor ?? 0, int.MaxValue / 2);
        var found = await store.PageAsync(from, to, call.Text("category"), call.Text("order") == "newest", skip, call.Limit + 1, cancellationToken);
        return ApiPage<ApiPaper>.Of(found, call.Limit, ApiPaper.Of, (_, place) => skip + place);
    }

    private async Task<ApiAnswer> SearchAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (call.Text("q") is not { } query)
            return ApiAnswer.Of(Problem.Faulty([new Fault("query", "q", "is missing")]));
        var skip = (int)Math.Min(call.Cursor ?? 0, PaperSearch.Most);
        var found = await search.FindAsync(query, skip, call.Limit + 1, cancellationToken);
        return ApiPage<ApiMatch>.Of([.. found.Matches], call.Limit, ApiMatch.Of, (_, place) => skip + place);
    }
}
