using System.Globalization;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class SlotTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu",
        "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana", "Africa/Cairo", "America/St_Johns",
    ];

    [Theory]
    [InlineData("Europe/Berlin", "daily", 7, "2026-01-26T06:00:00Z", "2026-01-27T06:00:00Z")] // on the slot itself: the next one
    [InlineData("Europe/Berlin", "daily", 7, "2026-01-26T05:59:59Z", "2026-01-26T06:00:00Z")]
    [InlineData("Europe/Berlin", "daily", 0, "2026-01-26T12:00:00Z", "2026-01-26T23:00:00Z")]
    [InlineData("Europe/Berlin", "daily", 2, "2026-03-28T02:00:00Z", "2026-03-29T01:00:00Z")] // 02:00 is missing: 03:00 summer time
    [InlineData("Europe/Berlin", "daily", 2, "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("Europe/Berlin", "daily", 3, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "daily", 2, "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z")] // 02:00 comes twice: the first
    [InlineData("Europe/Berlin", "daily", 2, "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z")] // and not again an hour later
    [InlineData("Europe/Berlin", "daily", 2, "2026-10-25T00:30:00Z", "2026-10-26T01:00:00Z")]
    [InlineData("America/New_York", "daily", 2, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "daily", 1, "2026-10-31T12:00:00Z", "2026-11-01T05:00:00Z")]
    [InlineData("America/New_York", "daily", 1, "2026-11-01T05:00:00Z", "2026-11-02T06:00:00Z")]
    [InlineData("Australia/Lord_Howe", "daily", 2, "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z")] // half an hour is missing: 02:30
    [InlineData("Australia/Lord_Howe", "daily", 1, "2026-04-04T00:00:00Z", "2026-04-04T14:00:00Z")]
    [InlineData("Australia/Lord_Howe", "daily", 2, "2026-04-04T00:00:00Z", "2026-04-04T15:30:00Z")]
    [InlineData("Europe/Berlin", "weekdays", 7, "2026-01-30T06:00:00Z", "2026-02-02T06:00:00Z")] // Friday to Monday
    [InlineData("Pacific/Kiritimati", "weekdays", 7, "2026-02-01T12:00:00Z", "2026-02-01T17:00:00Z")] // Sunday in UTC, Monday there
    [InlineData("Pacific/Pago_Pago", "weekdays", 20, "2026-01-31T12:00:00Z", "2026-02-03T07:00:00Z")]
    [InlineData("Asia/Kathmandu", "weekly:friday", 7, "2026-01-26T00:00:00Z", "2026-01-30T01:15:00Z")]
    [InlineData("Europe/Berlin", "weekly:sunday", 2, "2026-03-23T00:00:00Z", "2026-03-29T01:00:00Z")]
    public void The_next_slot_is_on_the_readers_own_clock(string zone, string cadence, int hour, string after, string expected)
    {
        Assert.True(Cadence.TryParse(cadence, out var parsed));
        Assert.Equal(Time(expected), Slot.Next(parsed, hour, TimeZoneInfo.FindSystemTimeZoneById(zone), Time(after)));
    }

    [Fact]
    public void One_slot_a_local_day_on_the_days_of_the_cadence_for_two_years_in_any_zone()
    {
        var random = new Random(20260126);
        for (var round = 0; round < 200; round++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
            var hour = random.Next(24);
            var cadence = random.Next(3) switch { 0 => Cadence.Daily, 1 => Cadence.Weekdays, _ => Cadence.Weekly((DayOfWeek)random.Next(7)) };
            var after = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(365 * 24 * 60));
            DateOnly? day = null;
            while (after.Year < 2028)
            {
                var slot = Slot.Next(cadence, hour, zone, after);
                Assert.True(slot > after, $"{zone.Id} {cadence} {hour} after {after:O}: {slot:O}");
                var local = TimeZoneInfo.ConvertTime(slot, zone);
                var today = DateOnly.FromDateTime(local.DateTime);
                Assert.True(cadence.Falls(today.DayOfWeek), $"{zone.Id} {cadence} {hour}: {local:O}");
                Assert.True(local.TimeOfDay == TimeSpan.FromHours(hour) || zone.IsInvalidTime(today.ToDateTime(new TimeOnly(hour, 0))), $"{zone.Id} {cadence} {hour}: {local:O}");
                if (day is { } before)
                    for (var between = before.AddDays(1); between <= today; between = between.AddDays(1))
                        Assert.True(cadence.Falls(between.DayOfWeek) == (between == today), $"{zone.Id} {cadence} {hour}: {before} then {today}");
                (day, after) = (today, slot);
            }
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
