using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>Lists of author names, as one string or as many.</summary>
internal static class AuthorNames
{
    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase) { "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV" };

    public static IReadOnlyList<string> Clean(IEnumerable<string?> names) =>
        [.. names.Select(name => ReadableText.Title(name ?? "")).Where(name => name.Length > 0)];

    /// <summary>Splits "First Last, First Last Jr., …" at its commas; a comma inside parentheses and one before a suffix separate nothing.</summary>
    public static IReadOnlyList<string> SplitAtCommas(string? joined)
    {
        var names = new List<string>();
        var depth = 0;
        var start = 0;
        var text = joined ?? "";
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(')
                depth++;
            else if (i < text.Length && text[i] == ')' && depth > 0)
                depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0))
                continue;
            var name = text[start..i].Trim();
            if (names.Count > 0 && Suffixes.Contains(name))
                names[^1] += $", {name}";
            else
                names.Add(name);
            start = i + 1;
        }
        return Clean(names);
    }
}
