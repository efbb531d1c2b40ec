using System.Text;
using System.Text.RegularExpressions;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>Lists of author names, as one string or as many.</summary>
internal static partial class AuthorNames
{
    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase) { "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV" };

    public static IReadOnlyList<string> Clean(IEnumerable<string?> names) =>
        [.. names.Select(name => IsPlain(name) ? name! : ReadableText.Title(name ?? "")).Where(name => name.Length > 0)];

    /// <summary>Most names are letters with single spaces, dots and hyphens between: nothing in them wants mending.</summary>
    private static bool IsPlain(string? name)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetterUpper(name[0]))
            return false;
        var letter = true;
        foreach (var c in name)
        {
            var isLetter = char.IsAsciiLetter(c) || c is >= '\u00C0' and <= '\u017F';
            if (!isLetter && (!letter || c is not (' ' or '.' or '-')))
                return false;
            letter = isLetter || c == '.';
        }
        return name[^1] is not (' ' or '-');
    }

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

    /// <summary>"Last, First" the way round that people say it; a collaboration stays as it is.</summary>
    public static string Forward(string name)
    {
        var parts = name.Split(',', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [var last, var first] when Suffixes.Contains(first) => $"{last}, {first}",
            [var last, var first] => $"{first} {last}",
            [var last, var first, var suffix] => $"{first} {last}, {suffix}",
            _ => name,
        };
    }

    /// <summary>
    /// All authors in one line, as feeds have them: "A. Author, B. Author", "Author, A.; Author, B.", "Author, A., Author, B." or one "Author, Anna".
    /// </summary>
    public static IReadOnlyList<string> FromLine(string line)
    {
        if (line.Contains(';', StringComparison.Ordinal))
            return Clean(line.Split(';').Select(name => Forward(name.Trim())));
        var names = FromProse(line);
        if (names.Count >= 2 && names.Count % 2 == 0 && names.Where((_, i) => i % 2 == 1).All(Initials().IsMatch) && !names.Where((_, i) => i % 2 == 0).Any(Initials().IsMatch))
            return [.. names.Chunk(2).Select(pair => $"{pair[1]} {pair[0]}")];
        return names is [var last, var first] && !last.Contains(' ', StringComparison.Ordinal) && !first.Contains(' ', StringComparison.Ordinal) ? [$"{first} {last}"] : names;
    }

    /// <summary>arXiv's line of authors: "A. Author (1), B. Author (2) and C. Author ((1) Here, (2) There)"; affiliations are dropped.</summary>
    public static IReadOnlyList<string> FromProse(string? line)
    {
        var names = new StringBuilder();
        var depth = 0;
        foreach (var c in line ?? "")
        {
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && c != ')')
                names.Append(c);
        }
        return SplitAtCommas(And().Replace(names.ToString(), ", "));
    }

    [GeneratedRegex(@",?\s+(?:and|&)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"^\p{Lu}(?:\p{Ll}?\.)?(?:[ -]?\p{Lu}(?:\p{Ll}?\.)?){0,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Initials();
}
