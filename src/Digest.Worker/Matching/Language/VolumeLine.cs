using System.Globalization;

namespace Digest.Worker.Matching.Language;

/// <summary>A line that is no interest but says how much is wanted: <c>about 8 a day</c>, <c>about 20 papers per week</c>.</summary>
internal static class VolumeLine
{
    public const double Least = 1.0 / 7;
    public const double Most = 100;
    private const int Longest = 40;

    /// <param name="perDay">Papers a day, not yet held to the bounds.</param>
    public static bool TryRead(ReadOnlySpan<char> line, out double perDay)
    {
        perDay = 0;
        if (line.Length > Longest || !(Begins(line, "about ") || Begins(line, "around ")))
        {
            return false;
        }

        var words = line.ToString().ToLowerInvariant().TrimEnd('.').Replace("/", " per ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Length > 2 && words[2] is "paper" or "papers" ? words[3..] : words[2..];
        if (!double.TryParse(words[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        int? days = rest switch
        {
            ["a" or "per" or "each" or "every", "day"] or ["daily"] => 1,
            ["a" or "per" or "each" or "every", "week"] or ["weekly"] => 7,
            _ => null,
        };
        perDay = number / (days ?? 1);
        return days is not null;
    }

    private static bool Begins(ReadOnlySpan<char> line, string word) => line.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
