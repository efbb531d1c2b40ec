using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// Takes out the comments of TeX source: a line that starts with a percent sign. Elsewhere the sign is a percentage more often than a
/// comment (<c>50% of</c>, even with a line break between), and a text whose lines were joined has lost where a comment ends, so there it stays.
/// </summary>
internal static class Comments
{
    public static string Remove(string text)
    {
        if (!text.Contains("\n%", StringComparison.Ordinal) && !text.Contains("\n %", StringComparison.Ordinal))
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (kept.Length > 1 && !char.IsAsciiDigit(kept[^2]) && line.TrimStart().StartsWith("%"))
                continue;
            kept.Append(line).Append('\n');
        }

        return kept.ToString();
    }
}
