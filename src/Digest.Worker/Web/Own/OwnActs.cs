using System.Globalization;
using Digest.Templates.Site;
using Digest.Worker.Delivery;
using Digest.Worker.Issues;
using Digest.Worker.Papers;
using Digest.Worker.Settings;
using Digest.Worker.Subscribers;
using Digest.Worker.Subscribers.Learning;
using Digest.Worker.Subscribers.Own;
using Digest.Worker.Web.Site;
using Digest.Worker.Web.Subscribe;

namespace Digest.Worker.Web.Own;

/// <summary>What a reader does on their own page. Each is a POST with the token in the address and the proof of a form that this browser was given.</summary>
internal sealed class OwnActs(OwnPages pages, SitePages site, OwnWishes wishes, AddressChanges addresses, Thumbs thumbs, IssueStore issues, PaperStore papers, FormProof proofs, SignUpLimits limits, FormHelp help, EvenPace pace, PublicAddress here, SenderOptions sender)
{
    private const string Done = "saved";

    public void Map(IEndpointRouteBuilder app)
    {
        Map(app, "save", async (reader, sent, http) =>
        {
            var (draft, wish) = Wish(sent);
            return (await wishes.SaveAsync(reader.Id, draft), wish);
        });
        Map(app, "pause", async (reader, sent, http) => DayOf(sent["until"].ToString()) is { } until || sent["until"].ToString().Length == 0
            ? (await wishes.PauseAsync(reader.Id, DayOf(sent["until"].ToString())), null)
            : (Outcome.Refused($"the day is not written as 2026-05-01"), null));
        Map(app, "thumb", ThumbAsync, back: sent => $"/issues/{(long.TryParse(sent["issue"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var issue) ? issue : 0)}");
        Map(app, "forget", async (reader, sent, http) => (await thumbs.ForgetAsync(reader.Id, sent["term"].ToString()), null));
        Map(app, "resume", async (reader, sent, http) => (await wishes.ResumeAsync(reader.Id), null));
        Map(app, "leave", async (reader, sent, http) => (await wishes.LeaveAsync(reader.Id), null));
        Map(app, "undo", async (reader, sent, http) => (await wishes.UndoAsync(reader.Id), null), "undone");
        Map(app, "address", async (reader, sent, http) => (await AskAsync(reader, sent["address"].ToString().Trim(), http), null), "asked");
        Map(app, "erase", async (reader, sent, http) => (sent["sure"] == "yes" ? await wishes.EraseAsync(reader.Id) : Outcome.Refused($"tick the box to delete everything"), null), null);
    }

    /// <param name="done">The word for what was done; null: nothing is left to show.</param>
    /// <param name="back">The page below the reader's own that shows it; null: their own.</param>
    private void Map(IEndpointRouteBuilder app, string act, Func<Subscriber, IFormCollection, HttpContext, Task<(Outcome Outcome, WishModel? Wish)>> perform, string? done = Done, Func<IFormCollection, string>? back = null) =>
        app.MapPost($"{OwnPages.Root}/{{token}}/{act}", async (string token, HttpContext http) =>
        {
            if (await WishForm.TakeAsync(http) is not { } sent || await pages.OpenAsync(token, http) is not { } reader)
                return;
            var asked = sent["lang"].ToString();
            var shown = site.Templates.Tags.Contains(asked) ? asked : null;
            var language = shown ?? pages.Frame(http, "", reader).Language;
            if (proofs.Check(http, sent["proof"].ToString()) is ProofVerdict.Foreign or ProofVerdict.Old)
            {
                await pages.ShowAsync(http, token, reader, StatusCodes.Status422UnprocessableEntity, problems: [site.Say(language, "site.subscribe.again")], language: shown);
                return;
            }
            if (FormHelp.Asks(sent))
            {
                var filledIn = Wish(sent).Wish;
                var (preview, proposals) = await help.OfAsync(http, sent, filledIn.Interests, language);
                await pages.ShowAsync(http, token, reader, StatusCodes.Status200OK, wish: filledIn, preview: preview, proposals: proposals, language: shown);
                return;
            }
            var (outcome, wish) = await perform(reader, sent, http);
            if (!outcome.Done)
                await pages.ShowAsync(http, token, reader, StatusCodes.Status422UnprocessableEntity, problems: [.. outcome.Problems.Select(problem => Wording.Sentence(language, problem))], wish: wish, language: shown);
            else if (done is null)
                await pages.NoticeAsync(http, "own.erased", StatusCodes.Status200OK);
            else
                Back(http, $"{OwnPages.Url(token, back?.Invoke(sent) ?? "")}?done={done}{(shown is null ? "" : "&lang=" + shown)}");
        });

    /// <summary>So that a page that is loaded again does nothing again (RFC 9110, 15.4.4).</summary>
    private static void Back(HttpContext http, string path)
    {
        SiteHeaders.Protect(http.Response);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = path;
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    /// <summary>Only on what came in an issue of theirs: so a thumb teaches what was read.</summary>
    private async Task<(Outcome Outcome, WishModel? Wish)> ThumbAsync(Subscriber reader, IFormCollection sent, HttpContext http)
    {
        if (!long.TryParse(sent["paper"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || sent["way"].ToString() is not ("more" or "less")
            || await issues.SentOnAsync(reader.Id, id, http.RequestAborted) is null || await papers.FindAsync([id], http.RequestAborted) is not [var paper])
            return (Outcome.Refused($"this paper was in none of your issues"), null);
        return (await thumbs.GiveAsync(reader.Id, id, sent["way"] == "more", TitleTerms.Of(paper.Title)), null);
    }

    private async Task<Outcome> AskAsync(Subscriber reader, string address, HttpContext http)
    {
        if (here.Url is null || !limits.Allows(http.Connection.RemoteIpAddress))
            return Outcome.Refused($"too many mails of this kind are asked for just now: try again in an hour");
        FormattableString? problem = null;
        // How long it takes must not tell whether somebody is a subscriber already.
        await pace.RunAsync(async () => problem = await addresses.AskAsync(reader, address, token =>
            [site.Say(reader.Language, "site.own.mail.new", sender.Name, $"{here.Url}{NewAddressDoor.Url(token)}"), site.Say(reader.Language, "site.own.mail.ignore")]), CancellationToken.None);
        return problem is null ? Outcome.Changed(reader) : Outcome.Refused(problem);
    }

    private (SubscriberDraft Draft, WishModel Wish) Wish(IFormCollection sent)
    {
        var draft = WishForm.Read(sent) with { Language = sent["mails"].ToString(), NothingToday = sent["nothing"] == "yes" };
        return (draft, WishForm.Show(draft) with { NothingToday = draft.NothingToday, Language = site.Templates.Tags.Contains(draft.Language) ? draft.Language : null });
    }

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
