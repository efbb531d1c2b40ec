using Digest.Templates.Site;
using Digest.Worker.Issues;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Web.Site;

/// <summary>Reads what a list shows.</summary>
internal sealed class ListedPapers(PaperListStore papers, ArxivCalendar calendar, TimeProvider time)
{
    public const int PageSize = 20;

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>The newest day that has papers; today where there are none at all.</summary>
    public async Task<DateOnly> NewestDayAsync(CancellationToken cancellationToken) => await papers.LastDayAsync(Today, cancellationToken) ?? Today;

    public Task<IReadOnlyList<Paper>> PageAsync(ListAddress address, CancellationToken cancellationToken) =>
        papers.PageAsync(address.Period.From, address.Period.To, address.Category, address.Newest, (address.Page - 1) * PageSize, PageSize, cancellationToken);

    public async Task<PaperListModel> ReadAsync(ListAddress address, CancellationToken cancellationToken)
    {
        var period = address.Period;
        var categories = await papers.CategoriesAsync(period.From, period.To, cancellationToken);
        var all = (int)await papers.CountAsync(period.From, period.To, null, cancellationToken);
        var total = address.Category is null ? all : (int)await papers.CountAsync(period.From, period.To, address.Category, cancellationToken);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var shown = await PageAsync(address, cancellationToken);
        return new PaperListModel
        {
            Period = new ListedPeriod(period.Kind, period.From, period.To, period.Week),
            Total = total,
            Papers = [.. shown.Select(Show)],
            FirstNumber = (address.Page - 1) * PageSize + 1,
            Orders = [Order("trending", address, false), Order("newest", address, true)],
            Spans = [.. new[] { PeriodKind.Day, PeriodKind.Week, PeriodKind.Month }.Select(kind => Span(kind, address))],
            Categories = all == 0 ? [] : [Category(address, null, all), .. categories.Select(entry => Category(address, entry.Category, entry.Papers))],
            PreviousPeriod = (address with { Period = period.Previous, Page = 1 }).Url,
            NextPeriod = period.To < Today ? (address with { Period = period.Next, Page = 1 }).Url : null,
            PreviousPage = address.Page > 1 ? (address with { Page = address.Page - 1 }).Url : null,
            NextPage = address.Page < pages ? (address with { Page = address.Page + 1 }).Url : null,
            Page = address.Page,
            Pages = pages,
            Empty = shown.Count > 0 ? EmptyReason.None : Why(period, all),
            Nearest = all > 0 ? [] : await NearestAsync(period, cancellationToken),
        };
    }

    public static ListedPaper Show(Paper paper) => Show(new Match(paper, 0, new Reason("", "", [], new Dictionary<string, double>())));

    public static ListedPaper Show(Match match) => new(IssueRendering.Show(match), ListAddress.Of(match.Paper));

    private static ListLink Order(string name, ListAddress address, bool newest) =>
        new(name, (address with { Newest = newest, Page = 1 }).Url, null, address.Newest == newest);

    /// <summary>From a week or month to a day: its last day that has come.</summary>
    private ListLink Span(PeriodKind kind, ListAddress address)
    {
        var last = address.Period.To < Today ? address.Period.To : Today < address.Period.From ? address.Period.From : Today;
        return new(kind.ToString().ToLowerInvariant(), (address with { Period = kind == address.Period.Kind ? address.Period : Period.Of(kind, last), Page = 1 }).Url, null, kind == address.Period.Kind);
    }

    private static ListLink Category(ListAddress address, string? category, int count) =>
        new(category ?? "", (address with { Category = category, Page = 1 }).Url, count, category == address.Category);

    private EmptyReason Why(Period period, int all) => period switch
    {
        _ when all > 0 => EmptyReason.Category,
        _ when period.From > Today => EmptyReason.Future,
        { Kind: PeriodKind.Day } when period.From.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday => EmptyReason.Weekend,
        { Kind: PeriodKind.Day } when calendar.IsHoliday(period.From) => EmptyReason.Holiday,
        _ when period.To >= Today => EmptyReason.NotYet,
        _ => EmptyReason.Past,
    };

    private async Task<IReadOnlyList<DateOnly>> NearestAsync(Period period, CancellationToken cancellationToken)
    {
        var days = new List<DateOnly>();
        if (await papers.LastDayAsync(period.From.AddDays(-1), cancellationToken) is { } before)
            days.Add(before);
        if (await papers.FirstDayAsync(period.To.AddDays(1), cancellationToken) is { } after)
            days.Add(after);
        return days;
    }
}
