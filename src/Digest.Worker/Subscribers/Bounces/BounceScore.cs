namespace Digest.Worker.Subscribers.Bounces;

/// <summary>
/// The soft score of an address after Mailman's model: one point a day with a bounce; a week without one and the score begins anew;
/// at five points the address is suppressed.
/// </summary>
internal static class BounceScore
{
    public const int SuppressAt = 5;

    private const int StaleDays = 7;

    private static readonly HashSet<string> AboutUs = new(["spam", "blocked", "policy", "authentication", "reverse-dns", "too-many", "sender-refused", "content", "message-too-big"], StringComparer.Ordinal);

    /// <summary>False where a refusal says something about us: then it is never counted against the address.</summary>
    public static bool Counts(string reason) => !AboutUs.Contains(reason);

    /// <param name="days">Days with a bounce, newest first, without repeats.</param>
    public static int Of(IReadOnlyList<DateOnly> days, DateOnly today)
    {
        var score = 0;
        var later = today;
        foreach (var day in days)
        {
            if (later.DayNumber - day.DayNumber > StaleDays)
                break;
            score++;
            later = day;
        }
        return score;
    }
}
