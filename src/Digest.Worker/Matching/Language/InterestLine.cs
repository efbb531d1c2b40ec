using System.Buffers;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>Reads one line of a profile: its name, its query, and what to do when it is not in the language.</summary>
internal static class InterestLine
{
    private const int LongestName = 60;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("\"“”()^~:");

    /// <summary>Where the interest begins: after spaces, list marks ("- ", "* ", "• ") and list numbers ("12. ", "3) ").</summary>
    public static int Start(ReadOnlySpan<char> line)
    {
        var at = SkipSpaces(line, 0);
        if (at + 1 < line.Length && line[at] is '-' or '*' or '•' or '–' && char.IsWhiteSpace(line[at + 1]))
        {
            return SkipSpaces(line, at + 1);
        }

        var digits = at;
        while (digits < line.Length && digits < at + 3 && char.IsAsciiDigit(line[digits]))
        {
            digits++;
        }

        return digits > at && digits + 1 < line.Length && line[digits] is '.' or ')' && char.IsWhiteSpace(line[digits + 1])
            ? SkipSpaces(line, digits + 1)
            : at;
    }

    /// <summary>Null where there is nothing to look for (the line is reported).</summary>
    /// <param name="problems">Gets what could not be taken as written; null where nobody asks.</param>
    /// <param name="offset">Where <paramref name="line"/> begins in the reader's own line.</param>
    public static Interest? Read(string line, int number, int offset, List<ProfileProblem>? problems)
    {
        var nameLength = NameLength(line);
        var name = nameLength == 0 ? null : line[..nameLength].Trim();
        var start = nameLength == 0 ? 0 : nameLength + 1;
        if (NumbersAlone.Is(line.AsSpan(start)))
        {
            problems?.Add(new ProfileProblem(number, offset + 1, [$"A number alone names no subject, and this line is left out. Write the words that it stands for, or put it in quotation marks to look for the number."]));
            return null;
        }

        Query query;
        try
        {
            query = (Prose.Is(line.AsSpan(start)) ? PlainWords.Of(line[start..], Fields.Both) : null) ?? new QueryParser(line, start).Parse();
        }
        catch (QuerySyntaxException problem)
        {
            if (PlainWords.Of(line[start..], Fields.Both) is not { } plain)
            {
                problems?.Add(new ProfileProblem(number, offset + 1, [$"There is no word to look for in this line; small words like \"of\" stand in every text."]));
                return null;
            }

            problems?.Add(new ProfileProblem(number, offset + problem.At + 1, [problem.Sentence, $"The line is matched as plain words."]));
            query = plain;
        }

        var excludes = Exclusion.Of(query);
        if (name is not null && name.StartsWith("not ", StringComparison.OrdinalIgnoreCase))
        {
            excludes = excludes is null ? query : null;
        }

        return new Interest(number, line, name, excludes ?? query, excludes is not null);
    }

    /// <summary>What the reader is told of a line: its name, or the line.</summary>
    public static string Label(string line) => NameLength(line) is var length and > 0 ? line[..length].Trim() : line;

    /// <summary>Whether a line's label is this.</summary>
    public static bool HasLabel(ReadOnlySpan<char> line, string label) => line.Contains(": ", StringComparison.Ordinal) ? Label(line.ToString()) == label : line.SequenceEqual(label);

    /// <summary>The length of "Efficient attention" in "Efficient attention: linear attention or flash attention"; 0 where there is no name.</summary>
    private static int NameLength(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon is <= 0 or > LongestName || line.AsSpan(0, colon).ContainsAny(NotInNames))
        {
            return 0;
        }

        var lastWord = line.AsSpan(line.LastIndexOf(' ', colon) + 1, colon - line.LastIndexOf(' ', colon) - 1);
        return FieldNames.Contains(lastWord.TrimStart('-')) || line[0] == '-' || WordReader.Read(line[..colon]).Count == 0 ? 0 : colon;
    }

    private static int SkipSpaces(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }

        return at;
    }
}
