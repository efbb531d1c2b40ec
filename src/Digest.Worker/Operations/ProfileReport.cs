using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Matching.BackTesting;

namespace Digest.Worker.Operations;

/// <summary>A back-test as sentences or as JSON.</summary>
internal static class ProfileReport
{
    private const int LongestLine = 60;
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(BackTestReport report, int days, double? perDay)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"{report.Days[0].Day:yyyy-MM-dd} to {report.Days[^1].Day:yyyy-MM-dd} ({Days(days)} back): {report.Papers} papers on {Days(report.Days.Count)}, {report.Matched} fit: {report.PerDay:0.#} a day.\n"));
        text.Append(Invariant($"hits a day  {Sparkline.Of(report.Days.Select(day => (double)day.Matched))}  {report.Days.Min(day => day.Matched)} to {report.Days.Max(day => day.Matched)}\n"));
        if (perDay is { } wanted)
            text.Append(report.PerDay >= wanted
                ? Invariant($"The profile asks for about {wanted:0.#} a day: the best of them come.\n")
                : Invariant($"The profile asks for about {wanted:0.#} a day: there were not so many.\n"));
        Section(text, "The best", report.Best.Select(match => Invariant($"{match.Score,6:0.0}  {match.Paper.Title}\n        {match.Paper.ShortId}, for {Short(match.Reason.Interest)} ({match.Reason.Field})")));
        Section(text, "Papers by line", report.Lines.Select(line => Invariant($"{line.Papers,6}  {Short(line.Interest.Text)}{(line.Interest.Excludes ? "  (kept out)" : "")}")));
        Section(text, "Brought nothing", report.Silent.Select(line => $"        {Short(line.Interest.Text)}{Words(line)}"));
        Section(text, "Too wide", report.TooWide.Select(line => Invariant($"{line.Papers,6}  {Short(line.Interest.Text)}  ({Share(line.Papers, report.Papers)} of all papers){Words(line)}")));
        Section(text, "Goes with what was found, and is in no line", report.Suggestions.Select(one => Invariant($"        {one.Text}  (in {one.Found} of the best, in {one.Share * 100:0.##} % of all papers)")));
        return text.ToString();
    }

    public static string Json(BackTestReport report, int days) => JsonSerializer.Serialize(
        new
        {
            days,
            papers = report.Papers,
            matched = report.Matched,
            per_day = Math.Round(report.PerDay, 2),
            by_day = report.Days.Select(day => new { day = day.Day, papers = day.Papers, matched = day.Matched }),
            best = report.Best.Select(match => new { paper = match.Paper.ShortId, title = match.Paper.Title, score = match.Score, interest = match.Reason.Interest, field = match.Reason.Field }),
            lines = report.Lines.Select(line => new
            {
                line = line.Interest.Line,
                interest = line.Interest.Text,
                excludes = line.Interest.Excludes,
                papers = line.Papers,
                words = line.Words.Select(word => new { word = word.Word, papers = word.Papers }),
            }),
            silent = report.Silent.Select(line => line.Interest.Text),
            too_wide = report.TooWide.Select(line => new { interest = line.Interest.Text, papers = line.Papers, share = Math.Round((double)line.Papers / report.Papers, 4) }),
            suggestions = report.Suggestions.Select(one => new { text = one.Text, found = one.Found, share = Math.Round(one.Share, 5) }),
        },
        Options);

    private static void Section(StringBuilder text, string heading, IEnumerable<string> lines)
    {
        var any = false;
        foreach (var line in lines)
        {
            if (!any)
                text.Append(CultureInfo.InvariantCulture, $"\n{heading}\n");
            any = true;
            text.Append(line).Append('\n');
        }
    }

    /// <summary>Each word with its count: which of them is wide, and which nobody writes.</summary>
    private static string Words(BackTestLine line) =>
        line.Words.Count == 0 ? "" : Invariant($"\n          {string.Join(", ", line.Words.Select(word => Invariant($"{word.Word} {word.Papers}")))}");

    private static string Share(int papers, int all) => Invariant($"{100.0 * papers / all:0.#} %");

    private static string Days(int days) => days == 1 ? "1 day" : Invariant($"{days} days");

    private static string Short(string text) => text.Length <= LongestLine ? text : text[..(LongestLine - 1)] + "…";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
