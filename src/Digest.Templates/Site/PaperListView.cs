using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>A list of papers, as its template sees it.</summary>
internal static class PaperListView
{
    private const int MostChips = 9;

    public static SiteContent Of(PaperListModel list, SiteFrame frame, Language language)
    {
        var period = Name(list.Period, language);
        var model = new ScriptObject
        {
            ["period"] = period,
            ["kind"] = Word(list.Period.Kind),
            ["total"] = list.Total,
            ["orders"] = Links(list.Orders, frame),
            ["spans"] = Links(list.Spans, frame),
            ["chips"] = Links([.. list.Categories.Take(MostChips)], frame),
            ["more_chips"] = Links([.. list.Categories.Skip(MostChips)], frame),
            ["previous_url"] = LocalLink.Of(list.PreviousPeriod, frame),
            ["next_url"] = LocalLink.Of(list.NextPeriod, frame),
            ["page"] = list.Page,
            ["pages"] = list.Pages,
            ["previous_page"] = LocalLink.Of(list.PreviousPage, frame),
            ["next_page"] = LocalLink.Of(list.NextPage, frame),
            ["empty"] = list.Empty == EmptyReason.None ? null : list.Empty.ToString().ToLowerInvariant(),
            ["nearest"] = new ScriptArray(list.Nearest.Select(day => new ScriptObject
            {
                ["name"] = language.LongDate(day),
                ["url"] = LocalLink.Of(day.ToString("'/'yyyy'-'MM'-'dd", System.Globalization.CultureInfo.InvariantCulture), frame),
            })),
        };
        // The papers of a day need not repeat it.
        var entries = list.Papers.Select((paper, index) => EntryView.Of(paper, list.FirstNumber + index, EntryView.AbstractLength, frame, language, hasDate: list.Period.Kind != PeriodKind.Day));
        return new SiteContent("site-list.html.sbn", $"{language.Plain("site.daily")}: {period}", model, [.. entries]);
    }

    public static ScriptArray Links(IReadOnlyList<ListLink> links, SiteFrame frame) => new(links.Select(link => new ScriptObject
    {
        ["name"] = link.Name,
        ["url"] = LocalLink.Of(link.Url, frame),
        ["count"] = link.Count,
        ["here"] = link.Here,
    }));

    private static string Name(ListedPeriod period, Language language) => period.Kind switch
    {
        PeriodKind.Week => language.Plain("site.week.of", period.Week, language.ShortDate(period.From), language.MediumDate(period.To)),
        PeriodKind.Month => language.Month(period.From),
        _ => language.LongDate(period.From),
    };

    private static string Word(PeriodKind kind) => kind.ToString().ToLowerInvariant();
}
