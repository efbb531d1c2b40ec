using System.Text;

namespace Digest.Worker.Storage;

/// <summary>
/// The text of a migration as one engine gets it. What no two engines have alike stands between lines of its own:
/// <c>-- engine: sqlite</c>, <c>-- engine: postgres</c>, and <c>-- engine: all</c> from where it is for both again.
/// </summary>
internal static class MigrationText
{
    private const string Mark = "-- engine:";
    private const string All = "all";

    public static string For(string engine, string text)
    {
        var kept = new StringBuilder(text.Length);
        var section = All;
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                section = line[Mark.Length..].Trim().ToString();
            else if (section == All || section == engine)
                kept.Append(line).Append('\n');
        return kept.ToString();
    }
}
