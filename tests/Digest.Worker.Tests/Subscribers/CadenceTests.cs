using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class CadenceTests
{
    [Theory]
    [InlineData("daily", "daily", "1111111")]
    [InlineData("Weekdays", "weekdays", "0111110")]
    [InlineData("weekly", "weekly:monday", "0100000")]
    [InlineData("weekly:friday", "weekly:friday", "0000010")]
    [InlineData("weekly on Sun", "weekly:sunday", "1000000")]
    [InlineData("WEEKLY, thursday", "weekly:thursday", "0000100")]
    public void A_cadence_has_one_written_form_and_its_days(string text, string written, string days)
    {
        Assert.True(Cadence.TryParse(text, out var cadence));
        Assert.Equal(written, cadence.ToString());
        Assert.Equal(days, string.Concat(Enum.GetValues<DayOfWeek>().Select(day => cadence.Falls(day) ? '1' : '0')));
        Assert.True(Cadence.TryParse(written, out var again));
        Assert.Equal(cadence, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hourly")]
    [InlineData("weekly:someday")]
    [InlineData("weekly:mo")]
    [InlineData("weekly:monday,tuesday")]
    [InlineData("daily weekly")]
    public void Another_word_is_no_cadence(string text) => Assert.False(Cadence.TryParse(text, out _));
}
