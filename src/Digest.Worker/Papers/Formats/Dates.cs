using System.Globalization;
using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>Dates as feeds write them: ISO 8601 and RFC 822/5322. A time without a zone is UTC.</summary>
internal static partial class Dates
{
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        if (text.Length == 4 && text.All(char.IsAsciiDigit))
            text += "-01-01";
        if (Mail().Match(text) is { Success: true } mail)
            text = $"{mail.Groups["date"].Value} {Zone(mail.Groups["zone"].Value)}";
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    /// <summary>The calendar day as it stands in the text, in the provider's own zone.</summary>
    public static DateOnly? Day(string? text) => Parse(text) is { } time ? DateOnly.FromDateTime(time.DateTime) : null;

    private static string Zone(string zone) => zone switch
    {
        "EST" or "CDT" => "-05:00",
        "EDT" => "-04:00",
        "CST" or "MDT" => "-06:00",
        "MST" or "PDT" => "-07:00",
        "PST" => "-08:00",
        "CET" => "+01:00",
        "CEST" => "+02:00",
        ['+' or '-', _, _, _, _] => $"{zone.AsSpan(0, 3)}:{zone.AsSpan(3, 2)}",
        _ => "+00:00",
    };

    [GeneratedRegex(@"^(?:[A-Za-z]{3,9},?\s+)?(?<date>\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?)\s*(?<zone>[A-Z]{1,5}|[+-]\d{4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();
}
