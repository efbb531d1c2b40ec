namespace Digest.Worker.Subscribers;

/// <summary>
/// When an issue is due. The calendar is the reader's own: on the night when the clocks go forward a missing hour means the
/// first moment after the gap, on the night when they go back a doubled hour means its first passing.
/// </summary>
internal static class Slot
{
    /// <summary>The first slot after <paramref name="after"/>.</summary>
    public static DateTimeOffset Next(Cadence cadence, int hour, TimeZoneInfo zone, DateTimeOffset after)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        while (true)
        {
            if (cadence.Falls(day.DayOfWeek) && At(day, hour, zone) is var slot && slot > after)
                return slot;
            day = day.AddDays(1);
        }
    }

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset Begins(DateOnly day, TimeZoneInfo zone) => At(day, 0, zone);

    private static DateTimeOffset At(DateOnly day, int hour, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
