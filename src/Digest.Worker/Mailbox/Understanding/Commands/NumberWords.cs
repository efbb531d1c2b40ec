using System.Globalization;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>Numbers and spans of time as readers write them, folded.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, int> Numbers = WordTable.Load("numbers").Entries
        .SelectMany((line, index) => line.Split('|').Select(word => (Word: FoldedText.Fold(word), Number: index + 1)))
        .DistinctBy(entry => entry.Word).ToDictionary(entry => entry.Word, entry => entry.Number, StringComparer.Ordinal);

    private static readonly Dictionary<string, int> Spans = WordTable.Load("spans").Entries
        .SelectMany(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('|').Select(word => (Word: FoldedText.Fold(word), Days: int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))))
        .DistinctBy(entry => entry.Word).ToDictionary(entry => entry.Word, entry => entry.Days, StringComparer.Ordinal);

    /// <summary>Longest first, so that a short word never hides a long one.</summary>
    public static IReadOnlyList<string> AllNumbers { get; } = [.. Numbers.Keys.OrderByDescending(word => word.Length)];

    /// <summary>Names of units of time, longest first.</summary>
    public static IReadOnlyList<string> AllSpans { get; } = [.. Spans.Keys.OrderByDescending(word => word.Length)];

    public static int Number(string folded) => Numbers.TryGetValue(folded, out var number) ? number : int.Parse(folded, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>How many days one such span has.</summary>
    public static int Days(string folded) => Spans[folded];
}
