namespace Digest.Worker.Papers.Formats;

/// <summary>A date of which the month or the day may be unknown (0): then it is the first.</summary>
internal static class PartialDate
{
    public static DateTimeOffset? Of(int year, int month, int day)
    {
        if (year is < 1000 or > 2200)
            return null;
        month = month is >= 1 and <= 12 ? month : 1;
        day = day >= 1 && day <= DateTime.DaysInMonth(year, month) ? day : 1;
        return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
    }
}
