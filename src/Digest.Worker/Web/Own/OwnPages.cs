using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Own;

/// <summary>
/// Opens and writes the pages of one reader. Who has the token in the address is the reader; a forged one, and one of somebody who is gone,
/// get the same page.
/// </summary>
internal sealed class OwnPages(SitePages pages, OwnLinks links, OwnWishes wishes, IssueReadingStore issues, LearnedStore learned, PaperStore papers, SuppressionStore suppressions, FormProof proofs, DoorGuard guard, TimeProvider time)
{
    public const string Root = "/my";

    private const int IssuesShown = 7;
    private const int MostWaiting = 50;

    /// <summary>Null where the link opens nothing; that is answered then.</summary>
    public async Task<Subscriber?> OpenAsync(string token, HttpContext http)
    {
        if (await links.FindAsync(TokenPurpose.Own, token, http.RequestAborted) is { } reader)
            return reader;
        if (guard.Allows(http.Connection.RemoteIpAddress))
        {
            await NoticeAsync(http, "own.gone", StatusCodes.Status404NotFound);
            return null;
        }
        http.Response.Headers.RetryAfter = "60";
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return null;
    }

    public static string Url(string token, string below = "") => $"{Root}/{token}{below}";

    public SiteFrame Frame(HttpContext http, string path, Subscriber? reader)
    {
        var frame = pages.Frame(http.Request, path) with { Private = true };
        // Who is subscribed is not asked to subscribe.
        if (reader is not null)
            frame = frame with { SubscribeUrl = null };
        return reader is null || frame.LanguageAsked || !pages.Templates.Tags.Contains(reader.Language) ? frame : frame with { Language = reader.Language };
    }

    /// <param name="done">What was just done; null: nothing.</param>
    /// <param name="language">That of the form that was sent; null: as the address or the reader says.</param>
    /// <param name="wish">A form that was refused, as it was filled in; null: what stands.</param>
    public async Task ShowAsync(HttpContext http, string token, Subscriber reader, int status, string? done = null, IReadOnlyList<string>? problems = null, WishModel? wish = null, PreviewModel? preview = null, ProposalsModel? proposals = null, string? language = null)
    {
        var frame = Frame(http, Url(token), reader);
        if (language is not null)
            frame = frame with { Language = language, LanguageAsked = true };
        var waiting = Waiting.Read(reader.Waiting, time.GetUtcNow()).Papers;
        var recent = await issues.NewestAsync(reader.Id, IssuesShown, http.RequestAborted);
        var model = new OwnModel
        {
            Url = Url(token),
            Address = reader.Email,
            State = reader.State.ToString().ToLowerInvariant(),
            Stopped = await SuppressedAsync(reader, http.RequestAborted) is { } reason ? Wording.Sentence(frame.Language, Suppression.Sentence(reason)) : null,
            NextIssue = reader.NextDueAt is { } due && (reader.State != SubscriberState.Paused || reader.PausedUntil is not null) ? TimeZoneInfo.ConvertTime(due, reader.Zone).DateTime : null,
            Wish = (wish ?? Wish(reader)) with { Language = wish?.Language ?? reader.Language, NothingToday = wish?.NothingToday ?? reader.NothingToday },
            Issues = [.. recent.Select(issue => Link(token, issue))],
            Waiting = [.. (await papers.FindAsync([.. waiting.Take(MostWaiting)], http.RequestAborted)).Select(ListedPapers.Show)],
            Learned = [.. (await learned.OfAsync([reader.Id], http.RequestAborted))[reader.Id].Select(term => new OwnLearned(term.Term, (int)term.Weight))],
            FeedUrl = $"/feed/{links.Write(TokenPurpose.Feed, reader.Id, reader.Email)}",
            CanUndo = await wishes.CanUndoAsync(reader.Id, http.RequestAborted),
            Preview = preview,
            Proposals = proposals,
            Proof = proofs.Give(http, Root),
            Done = done,
            Problems = problems ?? [],
        };
        await SiteHeaders.WritePrivateAsync(http, status, pages.Templates.Render(frame, model));
    }

    private Task<string?> SuppressedAsync(Subscriber reader, CancellationToken cancellationToken) =>
        EmailAddress.TryFold(reader.Email, out var key, out _) ? suppressions.ReasonAsync(key, cancellationToken) : Task.FromResult<string?>(null);

    public Task NoticeAsync(HttpContext http, string key, int status) =>
        SiteHeaders.WritePrivateAsync(http, status, pages.Templates.Render(Frame(http, "/", null), new NoticeModel(key)));

    public static OwnIssueLink Link(string token, ListedIssue issue) => new(issue.LocalDate, (int)issue.Papers, Url(token, $"/issues/{issue.Id}"));

    private static WishModel Wish(Subscriber reader) => new()
    {
        Interests = reader.Profile,
        TimeZone = reader.Timezone,
        TimeZones = ZoneGuess.All,
        Cadence = reader.Cadence.ToString(),
        Hour = reader.Hour,
        Cap = reader.Cap,
    };
}
