using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>Names of weekdays, folded.</summary>
internal static class WeekdayNames
{
    private static readonly Dictionary<string, DayOfWeek> Days = WordTable.Load("weekdays").Entries
        .SelectMany((line, index) => line.Split('|').Select(name => (Name: FoldedText.Fold(name), Day: (DayOfWeek)((index + 1) % 7))))
        .ToDictionary(entry => entry.Name, entry => entry.Day, StringComparer.Ordinal);

    /// <summary>Longest first, so that a short name never hides a long one.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Days.Keys.OrderByDescending(name => name.Length)];

    public static DayOfWeek? Find(string folded) => Days.TryGetValue(folded, out var day) ? day : null;
}
