using System.Text;
using CsvHelper.Configuration;

namespace Digest.Worker.Operations;

/// <summary>The CSV form of subscribers: RFC 4180, UTF-8, a header row, interests separated by <c>;</c> (<c>\;</c> is a semicolon).</summary>
internal static class SubscriberCsv
{
    public static readonly IReadOnlyList<string> Columns = ["email", "name", "language", "timezone", "cadence", "hour", "cap", "interests"];

    public static CsvConfiguration Configuration() => new(System.Globalization.CultureInfo.InvariantCulture)
    {
        PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
        MissingFieldFound = null,
        DetectColumnCountChanges = false,
        TrimOptions = TrimOptions.Trim,
    };

    public static string JoinInterests(IEnumerable<string> interests) => string.Join(';', interests.Select(interest => interest.Replace(";", "\\;", StringComparison.Ordinal)));

    /// <summary>The interests of a cell, one a line.</summary>
    public static string SplitInterests(string cell)
    {
        var text = new StringBuilder();
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\' && i + 1 < cell.Length && cell[i + 1] == ';')
                text.Append(cell[++i]);
            else
                text.Append(cell[i] == ';' ? '\n' : cell[i]);
        }
        return text.ToString();
    }

    /// <summary>A cell that a spreadsheet would take for a formula gets an apostrophe before it (CVE-2021-3188 of phpList).</summary>
    public static string Defused(string cell) => LooksLikeFormula(cell) ? "'" + cell : cell;

    /// <summary>Takes that apostrophe away again.</summary>
    public static string Armed(string cell) => cell.Length > 1 && cell[0] == '\'' && LooksLikeFormula(cell[1..]) ? cell[1..] : cell;

    private static bool LooksLikeFormula(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
