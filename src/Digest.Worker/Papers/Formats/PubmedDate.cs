using System.Globalization;
using System.Text.RegularExpressions;

namespace Digest.Worker.Papers.Formats;

/// <summary>PubMed's dates: in parts, with month names or numbers, or free text (<c>MedlineDate</c>: "2000 Spring", "1998 Dec-1999 Jan").</summary>
internal static partial class PubmedDate
{
    /// <summary>The day of electronic publication, or the issue's date.</summary>
    public static DateTimeOffset? Of(FeedElement article) =>
        Parts(article.Find("ArticleDate"))
        ?? Parts(article.Find("Journal")?.Find("JournalIssue")?.Find("PubDate"))
        ?? Parts(article.Find("ContributionDate"))
        ?? Parts(article.Find("Book")?.Find("PubDate"));

    public static DateTimeOffset? Parts(FeedElement? date)
    {
        if (date is null)
            return null;
        if (date.Child("MedlineDate") is { } free)
            return Free().Match(free) is { Success: true } match ? PartialDate.Of(Number(match.Groups["year"].Value), Month(match.Groups["month"].Value), 0) : null;
        return PartialDate.Of(Number(date.Child("Year")), Month(date.Child("Month")), Number(date.Child("Day")));
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Month(string? text) =>
        text is { Length: >= 3 } && char.IsLetter(text[0]) ? Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, name => name.Length > 0 && text.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1 : Number(text);

    [GeneratedRegex(@"(?<year>\d{4})(?:\s+(?<month>[A-Za-z]{3,}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Free();
}
