namespace Digest.Worker.Papers.Batches;

/// <summary>
/// When arXiv announces (https://info.arxiv.org/help/availability.html): Sunday to Thursday at 20:00 in New York. The feeds are rebuilt at
/// the midnight that follows and carry that new day, so a feed's days are Monday to Friday.
/// </summary>
internal sealed class ArxivCalendar(PapersOptions options)
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>The moment from which the feeds of that day can be there.</summary>
    public DateTimeOffset ExpectedAt(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, NewYork.GetUtcOffset(midnight));
    }

    /// <summary>The newest day whose feeds should be there.</summary>
    public DateOnly Current(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, NewYork).DateTime);
        while (!IsWorkday(day))
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>Workdays from the first to the last day, both included.</summary>
    public IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            if (IsWorkday(day))
                yield return day;
    }

    public bool IsHoliday(DateOnly day) => ArxivHolidays.Has(day) || options.Holidays.Contains(day);

    /// <summary>arXiv's list does not say whether the evening or the morning after is meant: an empty feed on either is no surprise.</summary>
    public bool MayBeHoliday(DateOnly day)
    {
        if (!IsWorkday(day))
            return true;
        var before = day.AddDays(-1);
        while (!IsWorkday(before))
            before = before.AddDays(-1);
        return IsHoliday(day) || IsHoliday(before) || ArxivHolidays.MayHave(day);
    }

    private static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
