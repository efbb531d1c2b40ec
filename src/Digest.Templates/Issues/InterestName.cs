using System.Buffers;
using System.Text.RegularExpressions;

namespace Digest.Templates.Issues;

/// <summary>
/// An interest as a heading says it: the reader's own words without the signs that were meant for the machine. <c>author:"Ada Quill"</c>
/// is Ada Quill, <c>ti:"salt marsh" -mangrove</c> is salt marsh, <c>robots^2</c> is robots, <c>exp Lung Neoplasms/ or lung.tw.</c> is Lung Neoplasms or lung. The line as it was written stands in the footer.
/// </summary>
internal static partial class InterestName
{
    private static readonly SearchValues<char> NoWords = SearchValues.Create("()^-: .");

    public static string Of(string interest)
    {
        var line = interest.Trim();
        // A quote without its other half is no sign for the machine.
        if (line.AsSpan().Count('"') % 2 != 0)
            return line;
        var name = line.Contains('-', StringComparison.Ordinal) || line.Contains("NOT ", StringComparison.Ordinal) ? Excluded().Replace(line, "") : line;
        if (name.Contains(':', StringComparison.Ordinal))
            name = Field().Replace(name, "");
        if (name.AsSpan().ContainsAny("/.[") || name.StartsWith("exp ", StringComparison.OrdinalIgnoreCase))
            name = DatabaseMark().Replace(name, "");
        if (name.Contains('^', StringComparison.Ordinal))
            name = Weight().Replace(name, "");
        name = name.Replace("\"", "", StringComparison.Ordinal).Replace(" AND ", " and ", StringComparison.Ordinal).Replace(" OR ", " or ", StringComparison.Ordinal).Replace('_', ' ');
        if (ReferenceEquals(name, line) && !line.StartsWith('('))
            return line;
        name = Unbracketed(Spaces().Replace(name, " ").Trim());
        return name.AsSpan().ContainsAnyExcept(NoWords) ? name : line;
    }

    // Brackets round the whole say nothing; inside they carry the sense.
    private static string Unbracketed(string name)
    {
        while (name is ['(', .. var inner, ')'] && IsBalanced(inner))
            name = inner.Trim();
        return name;
    }

    private static bool IsBalanced(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0)
                return false;
        }

        return depth == 0;
    }

    // What is kept out: a word, a quotation or one pair of brackets after a sign or NOT.
    [GeneratedRegex("(?<=^|\\s)(?:(?:AND\\s+|AND)?NOT\\s+|-)(?:[a-z]+:)?(?:\"[^\"]*\"|\\([^()]*\\)|[^\\s()\"]+)(?:\\^[0-9.]+)?(?=\\s|$|\\))")]
    private static partial Regex Excluded();

    [GeneratedRegex("(?<=^|[\\s(])(?:all|title|ti|abstract|abs|authors?|au|category|cat):\\s*(?=[^\\s])", RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    // As Ovid and PubMed have them: a subject heading and its tree, the fields of a word.
    [GeneratedRegex("^exp\\s+|(?<=\\w)/(?=$|[\\s)])|(?<=[\\w\")*$?])\\.(?:(?:tw|ti|ab|mp|nm|kw|kf|ot|hw|sh)[.,]*)+(?=$|[\\s)])|\\s?\\[(?:tw|tiab|ti|ab|mh|mesh[^\\]]*|title/abstract|all fields)\\]", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseMark();

    [GeneratedRegex("(?<=[\\w\")])\\^[0-9.]+(?=$|\\))")]
    private static partial Regex Weight();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
