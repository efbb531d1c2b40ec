using System.Globalization;

namespace Digest.Worker.Papers.Sources;

/// <summary>A cursor that is the day up to which everything was read, <c>yyyy-MM-dd</c> (UTC).</summary>
internal static class DayCursor
{
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public static DateOnly? Parse(string? cursor) =>
        DateOnly.TryParseExact(cursor, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>
    /// The first day to ask for: <paramref name="overlap"/> days before the cursor, because providers add entries late. At the first time
    /// the same number of days back; after a long silence at most <paramref name="most"/>.
    /// </summary>
    public static DateOnly From(string? cursor, DateOnly today, int overlap, int most = 30)
    {
        var day = (Parse(cursor) ?? today).AddDays(-overlap);
        return day < today.AddDays(-most) ? today.AddDays(-most) : day > today ? today : day;
    }
}
