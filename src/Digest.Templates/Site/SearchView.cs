using Digest.Templates.Issues;
using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>A search, as its template sees it.</summary>
internal static class SearchView
{
    private const int LongestInTitle = 80;

    public static SiteContent Of(SearchModel search, SiteFrame frame, Language language)
    {
        var model = new ScriptObject
        {
            ["query"] = search.Query,
            ["total"] = search.Total,
            ["more"] = search.More,
            ["problems"] = new ScriptArray(search.Problems),
            ["meant"] = search.Meant,
            ["meant_url"] = LocalLink.Of(search.MeantUrl, frame),
            ["mail_url"] = LocalLink.Of(search.MailUrl, frame),
            ["page"] = search.Page,
            ["pages"] = search.Pages,
            ["previous_page"] = LocalLink.Of(search.PreviousPage, frame),
            ["next_page"] = LocalLink.Of(search.NextPage, frame),
        };
        // Every entry fits the one query above it: to say so at each is noise. The hits stay marked.
        var entries = search.Papers.Select((paper, index) => EntryView.Of(paper, search.FirstNumber + index, EntryView.AbstractLength, frame, language, hasReason: false));
        var title = search.Query.Length == 0 ? language.Plain("site.search") : $"{language.Plain("site.search")}: {TextCut.At(search.Query, LongestInTitle)}";
        return new SiteContent("site-search.html.sbn", title, model, [.. entries]);
    }
}
