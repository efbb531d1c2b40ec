using System.Globalization;
using Digest.Templates.Site;

namespace Digest.Worker.Web.Site;

/// <summary>A day, a week (ISO 8601, from Monday) or a month, as it stands in an address.</summary>
internal readonly record struct Period(PeriodKind Kind, DateOnly From)
{
    /// <summary>Nobody announced papers before.</summary>
    private static readonly DateOnly First = new(1990, 1, 1);
    private static readonly DateOnly Last = new(2199, 12, 31);

    public DateOnly To => Kind switch
    {
        PeriodKind.Week => From.AddDays(6),
        PeriodKind.Month => From.AddMonths(1).AddDays(-1),
        _ => From,
    };

    public Period Previous => Kind == PeriodKind.Month ? new(Kind, From.AddMonths(-1)) : new(Kind, From.AddDays(Kind == PeriodKind.Week ? -7 : -1));

    public Period Next => Kind == PeriodKind.Month ? new(Kind, From.AddMonths(1)) : new(Kind, From.AddDays(Kind == PeriodKind.Week ? 7 : 1));

    public int Week => Kind == PeriodKind.Week ? ISOWeek.GetWeekOfYear(From.ToDateTime(TimeOnly.MinValue)) : 0;

    /// <summary>Reads <c>2026-01-26</c>, <c>2026-W05</c> and <c>2026-01</c>; null for anything else.</summary>
    public static Period? Parse(string text)
    {
        if (text.Length == 8 && text[4] == '-' && text[5] is 'W' && Number(text[..4]) is { } year && Number(text[6..]) is { } week)
            return year is > 1989 and < 2200 && week >= 1 && week <= ISOWeek.GetWeeksInYear(year) ? Bounded(new(PeriodKind.Week, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)))) : null;
        if (text.Length == 7 && DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return Bounded(new(PeriodKind.Month, month));
        return text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Bounded(new(PeriodKind.Day, day)) : null;
    }

    /// <summary>The period of that kind that a day lies in.</summary>
    public static Period Of(PeriodKind kind, DateOnly day) => kind switch
    {
        PeriodKind.Week => new(kind, day.AddDays(-(((int)day.DayOfWeek + 6) % 7))),
        PeriodKind.Month => new(kind, new DateOnly(day.Year, day.Month, 1)),
        _ => new(kind, day),
    };

    /// <summary>The form that an address has.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(From.ToDateTime(TimeOnly.MinValue)):0000}-W{Week:00}"),
        PeriodKind.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static Period? Bounded(Period period) => period.From >= First && period.To <= Last ? period : null;

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
