using Digest.Templates.Site;
using Digest.Worker.Subscribers;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// The form that asks for a subscription, empty or with a search as its interest. Every answer to a form that is in order is the same,
/// whatever we know of the address; the address itself stands in no URL.
/// </summary>
internal sealed class SubscribeDoor(SitePages pages, FormProof proofs, SignUpLimits limits, SignUpQueue queue, FormHelp help)
{
    private const string Path = "/subscribe";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(Path, Reading.Methods, ShowAsync);
        app.MapPost(Path, TakeAsync);
    }

    public static string Url(string query) => query.Length == 0 ? Path : Path + "?q=" + Uri.EscapeDataString(query);

    private async Task ShowAsync(HttpContext http)
    {
        var query = http.Request.Query["q"].ToString() is { Length: <= Matching.Profile.LongestLine } asked ? asked : "";
        var form = new SubscribeModel
        {
            Wish = new WishModel
            {
                Interests = query,
                TimeZone = ZoneGuess.Of(http.Request.Headers.AcceptLanguage.ToString()),
                TimeZones = ZoneGuess.All,
            },
            Proof = proofs.Give(http, Path),
            Preview = await help.OfAsync(http, query, pages.Language(http.Request, "")),
        };
        await WriteAsync(http, form, StatusCodes.Status200OK);
    }

    private async Task TakeAsync(HttpContext http)
    {
        if (await WishForm.TakeAsync(http) is not { } sent)
            return;
        var language = pages.Language(http.Request, sent["lang"].ToString());
        var draft = WishForm.Read(sent) with { Email = sent["address"].ToString().Trim(), Language = language };
        if (FormHelp.Asks(sent))
        {
            var (preview, proposals) = await help.OfAsync(http, sent, draft.Interests ?? "", language);
            await WriteAsync(http, Again(http, draft, []) with { Preview = preview, Proposals = proposals }, StatusCodes.Status200OK, language);
            return;
        }
        var (_, problems) = draft.Over(new Subscriber { Email = "" });
        var verdict = proofs.Check(http, sent["proof"].ToString());
        if (problems.Count > 0 || verdict is ProofVerdict.Foreign or ProofVerdict.Old)
        {
            await WriteAsync(http, Again(http, draft, problems.Count > 0 ? [.. problems.Select(problem => Wording.Sentence(language, problem))] : [pages.Say(language, "site.subscribe.again")]), StatusCodes.Status422UnprocessableEntity, language);
            return;
        }
        // Machines that fill in every field, or at once, get the page that people get.
        var isMachine = sent["website"].ToString().Length > 0 || verdict == ProofVerdict.TooFast;
        if (!isMachine && !(limits.Allows(http.Connection.RemoteIpAddress) && queue.TryAdd(draft)))
        {
            http.Response.Headers.RetryAfter = "3600";
            await NoticeAsync(http, "subscribe.busy", StatusCodes.Status429TooManyRequests, language);
            return;
        }
        await NoticeAsync(http, "subscribe.asked", StatusCodes.Status200OK, language);
    }

    private SubscribeModel Again(HttpContext http, SubscriberDraft draft, IReadOnlyList<string> problems) => new()
    {
        Address = draft.Email ?? "",
        Wish = WishForm.Show(draft),
        Proof = proofs.Give(http, Path),
        Problems = problems,
    };

    private Task WriteAsync(HttpContext http, SubscribeModel form, int status, string? language = null) =>
        SiteHeaders.WritePrivateAsync(http, status, pages.Templates.Render(Frame(http, language), form));

    private Task NoticeAsync(HttpContext http, string key, int status, string language) =>
        SiteHeaders.WritePrivateAsync(http, status, pages.Templates.Render(Frame(http, language), new NoticeModel(key)));

    private SiteFrame Frame(HttpContext http, string? language)
    {
        var frame = pages.Frame(http.Request, Path) with { Private = true };
        return language is null ? frame : frame with { Language = language, LanguageAsked = true };
    }
}
