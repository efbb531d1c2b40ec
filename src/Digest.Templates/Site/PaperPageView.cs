using Digest.Templates.Languages;

namespace Digest.Templates.Site;

/// <summary>The page of one paper, as its template sees it.</summary>
internal static class PaperPageView
{
    private const int WholeAbstract = 20_000;

    public static SiteContent Of(PaperPageModel page, SiteFrame frame, Language language)
    {
        var model = EntryView.Of(page.Paper, 0, WholeAbstract, frame, language);
        model["day_url"] = LocalLink.Of(page.DayUrl, frame);
        model["chips"] = PaperListView.Links(page.Categories, frame);
        model["all_authors"] = string.Join(", ", page.Paper.Paper.Authors);
        var like = page.Like.Select((paper, index) => EntryView.Of(paper, index + 1, EntryView.AbstractLength, frame, language));
        return new SiteContent("site-paper.html.sbn", page.Paper.Paper.Title, model, [.. like]);
    }
}
