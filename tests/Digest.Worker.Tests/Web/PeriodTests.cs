using Digest.Templates.Site;
using Digest.Worker.Web.Site;

namespace Digest.Worker.Tests.Web;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-01-26", "2026-01-26", "2026-01-26", "2026-01-25", "2026-01-27")]
    [InlineData("2026-03-01", "2026-03-01", "2026-03-01", "2026-02-28", "2026-03-02")]
    [InlineData("2026-W05", "2026-01-26", "2026-02-01", "2026-W04", "2026-W06")]
    [InlineData("2026-W01", "2025-12-29", "2026-01-04", "2025-W52", "2026-W02")]
    [InlineData("2020-W53", "2020-12-28", "2021-01-03", "2020-W52", "2021-W01")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03")]
    [InlineData("2025-12", "2025-12-01", "2025-12-31", "2025-11", "2026-01")]
    public void A_period_is_read_and_leads_to_its_neighbours(string text, string from, string to, string previous, string next)
    {
        var period = Period.Parse(text)!.Value;
        Assert.Equal((text, from, to, previous, next), (period.ToString(), $"{period.From:O}", $"{period.To:O}", period.Previous.ToString(), period.Next.ToString()));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13")]
    [InlineData("2026-W00")]
    [InlineData("2026-W54")]
    [InlineData("2021-W53")]
    [InlineData("1812-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-1-1")]
    [InlineData("２０２６-01-01")]
    [InlineData("")]
    public void What_is_no_period_is_none(string text) => Assert.Null(Period.Parse(text));

    [Fact]
    public void Every_day_lies_in_its_week_and_month()
    {
        for (var day = new DateOnly(2019, 12, 25); day < new DateOnly(2027, 1, 10); day = day.AddDays(1))
            foreach (var kind in Enum.GetValues<PeriodKind>())
            {
                var period = Period.Of(kind, day);
                Assert.True(period.From <= day && day <= period.To, $"{kind} of {day}");
                Assert.Equal(period, Period.Parse(period.ToString()));
            }
    }
}
