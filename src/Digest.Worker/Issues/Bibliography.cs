using System.Globalization;
using System.Text;
using Digest.Worker.Papers;

namespace Digest.Worker.Issues;

/// <summary>The papers of an issue as BibTeX, in the issue's order, UTF-8: what a reader drops into their reference manager.</summary>
internal static class Bibliography
{
    private const int LongestKey = 60;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static string Of(IEnumerable<Paper> papers)
    {
        var text = new StringBuilder();
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var paper in papers)
            Write(text, paper, keys);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Paper paper, HashSet<string> keys)
    {
        text.Append(CultureInfo.InvariantCulture, $"@misc{{{Key(paper, keys)}");
        // The second pair of braces keeps the title's capitals.
        Field(text, "title", $"{{{Escaped(paper.Title)}}}");
        if (paper.Authors.Count > 0)
            Field(text, "author", string.Join(" and\n    ", paper.Authors.Select(Author)));
        if ((paper.Published is { } published ? DateOnly.FromDateTime(published.UtcDateTime) : paper.Announced) is { } date)
        {
            Field(text, "year", date.Year.ToString(CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $",\n  month = {Months[date.Month - 1]}");
        }

        if (paper.WorkKey.StartsWith("arxiv:", StringComparison.Ordinal))
        {
            Field(text, "eprint", Address(paper.ShortId));
            Field(text, "archiveprefix", "arXiv");
            if (paper.Categories.Count > 0)
                Field(text, "primaryclass", Escaped(paper.Categories[0]));
        }

        if (paper.Doi is { Length: > 0 } doi)
            Field(text, "doi", Address(doi));
        if (paper.Url is { Length: > 0 } url)
            Field(text, "url", Address(url));
        text.Append("\n}\n\n");
    }

    private static void Field(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $",\n  {name} = {{{value}}}");

    private static string Key(Paper paper, HashSet<string> keys)
    {
        var name = new string([.. paper.ShortId.Take(LongestKey).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or ':' ? c : '_')]);
        var key = name.Length > 0 ? name : "paper";
        for (var more = 2; !keys.Add(key); more++)
            key = string.Create(CultureInfo.InvariantCulture, $"{name}-{more}");
        return key;
    }

    // A name that holds what parts names is one name only in braces.
    private static string Author(string name) =>
        name.Contains(',', StringComparison.Ordinal) || name.Contains(" and ", StringComparison.OrdinalIgnoreCase) ? $"{{{Escaped(name)}}}" : Escaped(name);

    // What stands in doi and url is not typeset; braces alone would end the value.
    private static string Address(string address) =>
        string.Concat(address.Where(static c => !char.IsControl(c) && !char.IsWhiteSpace(c)).Select(static c => c switch { '{' => "%7B", '}' => "%7D", _ => c.ToString() }));

    private static string Escaped(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
                text.Append(char.IsWhiteSpace(c) ? " " : "");
            else
                text.Append(c switch
                {
                    '\\' => "{\\textbackslash}",
                    '{' => "{\\textbraceleft}",
                    '}' => "{\\textbraceright}",
                    '~' => "{\\textasciitilde}",
                    '^' => "{\\textasciicircum}",
                    '&' or '%' or '#' or '_' or '$' => "\\" + c,
                    _ => c.ToString(),
                });
        }

        return text.ToString();
    }
}
