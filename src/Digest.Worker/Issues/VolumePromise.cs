using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>
/// "About 8 a day", kept over the week by a moving border: an issue brings what is among the best 7 x 8 papers of the last seven days, so
/// that a good day brings more and a thin one less. What the week still owes widens it; seven days never bring more than 7 x 8, an issue
/// never more than twice its share.
/// </summary>
/// <param name="PerDay">Papers a day.</param>
/// <param name="Days">The days that the issue answers for: 1 of a daily reader, 7 of a weekly one.</param>
/// <param name="Sent">What the issues of the rest of the week brought.</param>
/// <param name="DaysServed">The days of the rest of the week on which the reader was there.</param>
internal sealed record VolumePromise(double PerDay, int Days, int Sent, int DaysServed)
{
    public const int Week = 7;
    private const int MostInIssue = 100;

    /// <summary>How many of the week's best papers lie above the border.</summary>
    public int AboveBorder => (int)Math.Ceiling((PerDay * Week) + Math.Max(0, (PerDay * DaysServed) - Sent));

    /// <summary>The most that this issue may bring.</summary>
    public int Most => Math.Clamp(Math.Min((int)Math.Round(PerDay * Week, MidpointRounding.AwayFromZero) - Sent, (int)Math.Ceiling(2 * PerDay * Days)), 0, MostInIssue);

    /// <summary>The issue's even share, for a list that has no border: what is trending.</summary>
    public int Share => Math.Clamp((int)Math.Ceiling(PerDay * Days), 1, MostInIssue);

    /// <summary>How many of the papers that may be offered, best first, come into the issue.</summary>
    /// <param name="week">What the profile finds in the papers of the last seven days, sent or not: at least <see cref="AboveBorder"/> of them where there are so many.</param>
    public int Cut(Found offered, Found? week)
    {
        var border = week is not null && week.Count >= AboveBorder ? week.Score(AboveBorder - 1) : double.NegativeInfinity;
        var count = 0;
        while (count < offered.Count && count < Most && offered.Score(count) >= border)
            count++;
        return count;
    }
}
