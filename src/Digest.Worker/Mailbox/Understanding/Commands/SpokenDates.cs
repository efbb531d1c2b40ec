using System.Globalization;
using System.Text.RegularExpressions;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>
/// Reads dates as people write them: ISO, with a month's name, 5.1. as in German, 1月5日. A date of bare numbers with slashes is read only
/// where its order cannot be mistaken (one of them over 12).
/// </summary>
internal static partial class SpokenDates
{
    private static readonly Dictionary<string, int> Months = WordTable.Load("months").Entries
        .SelectMany((line, index) => line.Split('|').Select(name => (Name: FoldedText.Fold(name), Month: index + 1)))
        .DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, entry => entry.Month, StringComparer.Ordinal);

    private static readonly string Names = string.Join('|', Months.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));

    private static readonly Regex Named = NamedPattern(Names);

    private static readonly Regex Alone = new(
        $@"^(?:the |)(?:(?:beginning|start) of |early |next |in |anfang |nachsten |debut |principios de )?(?:(?<month>{Names})\.?(?:,?\s(?:de\s|del\s)?(?<year>\d{{4}}))?|(?:(?<year>\d{{4}})\s?年\s?)?(?<number>\d{{1,2}})\s?月初?)$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(3));

    /// <summary>The first date of a text.</summary>
    public static SpokenDate? Find(string text)
    {
        var folded = FoldedText.Fold(text.Length > 500 ? text[..500] : text);
        foreach (Match match in Numeric().Matches(folded))
            if (Read(match) is { } date)
                return date;
        foreach (Match match in Named.Matches(folded))
            if (MonthOf(match.Groups["month"].Value) is { } month && Valid(Number(match, "year"), month, Number(match, "day") ?? 0) is { } date)
                return date;
        return null;
    }

    /// <summary>The first day of a month, where a text is the name of one and nothing else: "May", "Anfang Mai 2027", "5月". Not looked for in sentences, where "may" is no month.</summary>
    public static SpokenDate? MonthAlone(string text) =>
        Alone.Match(FoldedText.Fold(text.Trim())) is { Success: true } match && (Number(match, "number") ?? MonthOf(match.Groups["month"].Value)) is { } month ? Valid(Number(match, "year"), month, 1) : null;

    private static Regex NamedPattern(string months) => new(
        $@"(?<!\d)(?:(?<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:de\s|of\s|d'|di\s)?(?<month>{months})(?!\p{{L}})\.?,?(?:\s(?:de\s|del\s)?(?<year>\d{{4}}))?|(?<!\p{{L}})(?<month>{months})\.?\s(?<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?<year>\d{{4}}))?)",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(3));

    private static SpokenDate? Read(Match match)
    {
        if (match.Groups["iy"].Success)
            return Valid(Number(match, "iy"), Number(match, "im") ?? 0, Number(match, "id") ?? 0);
        if (match.Groups["gd"].Success)
            return Valid(Number(match, "gy"), Number(match, "gm") ?? 0, Number(match, "gd") ?? 0);
        if (match.Groups["cm"].Success)
            return Valid(Number(match, "cy"), Number(match, "cm") ?? 0, Number(match, "cd") ?? 0);
        var (first, second) = (Number(match, "s1") ?? 0, Number(match, "s2") ?? 0);
        return (first > 12, second > 12) switch
        {
            (true, false) => Valid(Number(match, "sy"), second, first),
            (false, true) => Valid(Number(match, "sy"), first, second),
            _ when first == second => Valid(Number(match, "sy"), first, second),
            _ => null,
        };
    }

    private static SpokenDate? Valid(int? year, int month, int day)
    {
        year = year is < 100 ? year + 2000 : year;
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year ?? 2024, month) && year is null or (>= 2000 and <= 2200) ? new SpokenDate(year, month, day) : null;
    }

    private static int? MonthOf(string name) => Months.TryGetValue(name, out var month) ? month : null;

    private static int? Number(Match match, string group) =>
        match.Groups[group].Success && int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"(?<!\d)(?:(?<iy>\d{4})[-/.年]\s?(?<im>\d{1,2})[-/.月]\s?(?<id>\d{1,2})|(?<gd>\d{1,2})\.\s?(?<gm>\d{1,2})(?:\.|$)(?:\s?(?<gy>\d{4}|\d{2}(?!\d)))?|(?:(?<cy>\d{4})\s?年\s?)?(?<cm>\d{1,2})\s?月\s?(?<cd>\d{1,2})\s?日?|(?<s1>\d{1,2})/(?<s2>\d{1,2})(?:/(?<sy>\d{4}|\d{2}))?)(?!\d)", RegexOptions.None, 3000)]
    private static partial Regex Numeric();
}
