using System.Globalization;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Batches;

namespace Digest.Worker.Tests.Papers.Batches;

public sealed class ArxivCalendarTests
{
    private readonly ArxivCalendar calendar = new(new PapersOptions { Holidays = [new DateOnly(2028, 3, 1)] });

    [Theory]
    [InlineData("2026-01-28T04:59:00Z", "2026-01-27")] // 23:59 in New York
    [InlineData("2026-01-28T05:00:00Z", "2026-01-28")] // midnight
    [InlineData("2026-07-28T03:59:00Z", "2026-07-27")] // summer time
    [InlineData("2026-07-28T04:00:00Z", "2026-07-28")]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-30")] // Saturday
    [InlineData("2026-02-02T04:30:00Z", "2026-01-30")] // Sunday evening in New York
    [InlineData("2026-02-02T05:30:00Z", "2026-02-02")]
    public void The_current_day_is_the_newest_whose_feeds_should_be_there(string now, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), calendar.Current(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-26", true, true)] // listed
    [InlineData("2026-11-27", false, true)] // the morning after a listed evening
    [InlineData("2026-09-08", false, true)]
    [InlineData("2026-07-06", false, true)] // Monday after a listed Friday
    [InlineData("2026-03-04", false, false)]
    [InlineData("2026-03-07", false, true)] // Saturday
    [InlineData("2027-01-18", true, true)] // the third Monday of January
    [InlineData("2027-01-01", true, true)]
    [InlineData("2027-06-18", true, true)] // the 19th is a Saturday
    [InlineData("2027-07-05", true, true)] // the 4th is a Sunday
    [InlineData("2027-09-06", true, true)]
    [InlineData("2027-11-25", true, true)]
    [InlineData("2027-12-24", true, true)]
    [InlineData("2027-12-28", false, true)] // in these days arXiv's list differs from year to year
    [InlineData("2027-05-31", false, false)] // not in arXiv's list, a holiday though it is
    [InlineData("2027-02-15", false, false)]
    [InlineData("2028-03-01", true, true)] // the operator's own
    public void Holidays_are_listed_and_may_mean_the_morning_after(string day, bool holiday, bool maybe)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        Assert.Equal((holiday, maybe), (calendar.IsHoliday(date), calendar.MayBeHoliday(date)));
    }

    [Fact]
    public void Midnight_in_New_York_moves_with_summer_time()
    {
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 5, 0, 0, TimeSpan.Zero), calendar.ExpectedAt(new DateOnly(2026, 3, 6)).ToUniversalTime());
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 4, 0, 0, TimeSpan.Zero), calendar.ExpectedAt(new DateOnly(2026, 3, 9)).ToUniversalTime());
    }
}
