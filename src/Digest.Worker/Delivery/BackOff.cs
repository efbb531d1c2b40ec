using System.Globalization;
using System.Text.RegularExpressions;

namespace Digest.Worker.Delivery;

/// <summary>When to try a refused mail again. The steps are spread, so that what failed together does not come back together.</summary>
internal static partial class BackOff
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    private static readonly TimeSpan GreylistStep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(4);

    /// <param name="attempts">Answers before this one.</param>
    /// <param name="chance">0 up to 1: the wait is 0.5 to 1.5 times the step.</param>
    public static TimeSpan After(ServerAnswer answer, AnswerClass about, long attempts, double chance)
    {
        if (about == AnswerClass.Greylisted)
        {
            if (Asked(answer.Text) is { } asked)
                return asked + TimeSpan.FromSeconds(1 + 60 * chance);
            if (attempts < 2)
                return GreylistStep * (1 + 0.5 * chance);
        }
        return Step(attempts, chance);
    }

    public static TimeSpan Step(long attempts, double chance) => Steps[(int)Math.Min(attempts, Steps.Length - 1)] * (0.5 + chance);

    /// <summary>The wait that the server asks for ("try again in 300 seconds"), at most 4 hours.</summary>
    private static TimeSpan? Asked(string text)
    {
        if (Wait().Match(text) is not { Success: true } match || !double.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        var wait = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            ['m', ..] => TimeSpan.FromMinutes(Math.Min(count, 240)),
            ['h', ..] => TimeSpan.FromHours(Math.Min(count, 4)),
            _ => TimeSpan.FromSeconds(Math.Min(count, 14_400)),
        };
        return wait < LongestAsked ? wait : LongestAsked;
    }

    [GeneratedRegex(@"(in|after|for|wait)\s+(at least\s+|about\s+)?(?<n>\d{1,6})\s*(?<unit>s\b|sec|min|m\b|h\b|hour)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Wait();
}
