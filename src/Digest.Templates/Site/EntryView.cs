using Digest.Templates.Issues;
using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>One paper of a list, as the template of an entry sees it: what a mail's card shows, and where its page is.</summary>
internal static class EntryView
{
    /// <summary>Characters of an abstract in a list: twenty of them keep a page under 60 kB.</summary>
    public const int AbstractLength = 1_800;

    private const int MostCategories = 6;

    public static ScriptObject Of(ListedPaper listed, int number, int abstractLength, SiteFrame frame, Language language, bool hasReason = true, bool hasDate = true, ScriptObject? thumb = null)
    {
        var view = PaperView.Of(listed.Paper, language.Number(number), abstractLength, language);
        if (!hasReason)
            view["reason"] = null;
        view["page_url"] = LocalLink.Of(listed.Url, frame);
        view["facts"] = Facts(listed.Paper, hasDate, language);
        view["categories"] = new ScriptArray(listed.Paper.Categories.Take(MostCategories));
        view["votes"] = listed.Paper.Upvotes is > 0 and var votes ? language.Plain("paper.votes", votes) : null;
        return new ScriptObject { ["paper"] = view, ["thumb"] = thumb };
    }

    /// <summary>Kind (unless it is simply new) and date.</summary>
    private static ScriptArray Facts(IssuePaper paper, bool hasDate, Language language)
    {
        var facts = new ScriptArray();
        if (paper.AnnounceType is "cross" or "replace" or "replace-cross")
            facts.Add(language.Plain("paper.type." + paper.AnnounceType));
        if (hasDate && paper.Date is { } date)
            facts.Add(language.MediumDate(date));
        return facts;
    }
}
