using System.Globalization;
using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>The pages of one reader, as their templates see them.</summary>
internal static class OwnView
{
    public static SiteContent Of(OwnModel own, SiteFrame frame, Language language) => new("site-own.html.sbn", language.Plain("site.own"), new ScriptObject
    {
        ["own_url"] = LocalLink.Of(own.Url),
        ["address"] = own.Address,
        ["state"] = own.State,
        ["status"] = own.Stopped ?? Status(own, language),
        ["is_stopped"] = own.Stopped is not null,
        ["issues"] = Links(own.Issues, frame, language),
        ["issues_url"] = LocalLink.Of(own.Url + "/issues", frame),
        ["waiting"] = new ScriptArray(own.Waiting.Select(listed => new ScriptObject { ["title"] = listed.Paper.Title, ["language"] = listed.Paper.Language, ["url"] = LocalLink.Of(listed.Url, frame) })),
        ["learned"] = new ScriptArray(own.Learned.Select(one => new ScriptObject { ["term"] = one.Term, ["signs"] = new string(one.Weight < 0 ? '\u2212' : '+', Math.Abs(one.Weight)) })),
        ["feed_url"] = LocalLink.Of(own.FeedUrl),
        ["can_undo"] = own.CanUndo,
        ["proof"] = own.Proof,
        ["done"] = own.Done,
        ["problems"] = new ScriptArray(own.Problems),
    })
    { Wish = own.Wish, Preview = own.Preview, Proposals = own.Proposals };

    public static SiteContent Of(OwnIssuesModel list, SiteFrame frame, Language language) => new("site-issues.html.sbn", language.Plain("site.own.issues"), new ScriptObject
    {
        ["own_url"] = LocalLink.Of(list.OwnUrl, frame),
        ["issues"] = Links(list.Issues, frame, language),
    });

    public static SiteContent Of(OwnIssueModel issue, SiteFrame frame, Language language)
    {
        var title = language.Plain("site.own.issue", language.LongDate(issue.Date));
        var model = new ScriptObject { ["own_url"] = LocalLink.Of(issue.OwnUrl, frame), ["heading"] = title };
        return new SiteContent("site-issue.html.sbn", title, model, [.. issue.Papers.Select((paper, index) => EntryView.Of(paper, index + 1, EntryView.AbstractLength, frame, language, thumb: Thumb(issue, index, frame)))]);
    }

    private static ScriptObject? Thumb(OwnIssueModel issue, int index, SiteFrame frame) => index >= issue.Thumbs.Count ? null : new ScriptObject
    {
        ["url"] = LocalLink.Of(issue.OwnUrl + "/thumb"),
        ["proof"] = issue.Proof,
        ["language"] = frame.LanguageAsked ? frame.Language : null,
        ["issue"] = issue.Number.ToString(CultureInfo.InvariantCulture),
        ["paper"] = issue.Thumbs[index].PaperId.ToString(CultureInfo.InvariantCulture),
        ["more"] = issue.Thumbs[index].Given == true,
        ["less"] = issue.Thumbs[index].Given == false,
    };

    public static SiteContent Of(AskModel ask, Language language) => new("site-ask.html.sbn", language.Plain($"site.{ask.Key}"), new ScriptObject
    {
        ["key"] = $"site.{ask.Key}",
        ["button"] = ask.Button,
        ["action"] = LocalLink.Of(ask.Action),
    });

    private static ScriptArray Links(IReadOnlyList<OwnIssueLink> issues, SiteFrame frame, Language language) => new(issues.Select(issue => new ScriptObject
    {
        ["date"] = language.LongDate(issue.Date),
        ["papers"] = language.Plain("issue.papers", issue.Papers),
        ["url"] = LocalLink.Of(issue.Url, frame),
    }));

    private static string Status(OwnModel own, Language language) => own switch
    {
        { State: "active" or "paused", NextIssue: { } next } => language.Plain(
            own.State == "active" ? "site.own.active" : "site.own.paused.until",
            language.Plain("date.time", language.LongDate(DateOnly.FromDateTime(next)), next.ToString("HH:mm", CultureInfo.InvariantCulture))),
        _ => language.Plain("site.own." + own.State),
    };
}
