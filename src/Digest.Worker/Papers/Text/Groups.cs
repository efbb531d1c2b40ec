using System.Buffers;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// Braces. In a formula they only group. In prose they keep capitals (<c>{BERT}</c>), hold accents and type faces, or are what a
/// stripped <c>\frac</c> left behind (<c>8{255}</c>); any others are the author's own: sets, code, placeholders.
/// </summary>
internal static class Groups
{
    /// <summary>Signs that are put in braces for TeX to space them otherwise: <c>0{,}5</c>, <c>r{=}3</c>.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create(",-~.:=+<>");

    public static int Set(Typesetter typesetter, int at, int end, Setting setting, StringBuilder output)
    {
        var source = typesetter.Source;
        var close = source.Partner(at);
        var paired = source.At(at) == '{' && close >= 0 && close < end;
        if (setting != Setting.Prose)
        {
            if (paired)
                output.Append(typesetter.Piece(at + 1, close, setting));
            return paired ? close + 1 : at + 1;
        }

        if (paired && IsDenominator(source, at, close, output))
        {
            output.Append('/').Append(typesetter.Piece(at + 1, close, Setting.Formula));
            return close + 1;
        }

        if (paired && OnlyGroups(source, at, close))
        {
            output.Append(typesetter.Piece(at + 1, close, setting));
            return close + 1;
        }

        output.Append(source.At(at));
        return at + 1;
    }

    private static bool OnlyGroups(Manuscript source, int open, int close)
    {
        var inside = source.Text.AsSpan(open + 1, close - open - 1);
        if (inside.Length == 0)
            return source.At(open - 1) is not (' ' or '\0' or '(' or '[');
        if (inside[0] == '\\' || Urls.StartAt(source, open + 1))
            return true;
        if (inside.Length <= 2 && inside.IndexOfAnyExcept(Signs) < 0)
            return true;
        var upper = false;
        foreach (var c in inside)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '{' or '}' or '$' or '\\'))
                return false;
            upper |= char.IsUpper(c);
        }

        // teal{Mathematics}: a command of the author's own that lost its backslash; taking the braces would glue two words together.
        if (inside.Length > 3 && char.IsAsciiLetterLower(source.At(open - 1)) && char.IsUpper(inside[0]) && !char.IsLetter(source.At(close + 1)))
            return false;
        var glued = char.IsLetter(source.At(open - 1)) || char.IsLetter(source.At(close + 1)) || source.At(close + 1) is '-';
        return glued ? !inside.ContainsAnyExceptInRange('A', 'z') || upper : upper && inside.Length > 1;
    }

    private static bool IsDenominator(Manuscript source, int open, int close, StringBuilder output)
    {
        var before = source.At(open - 1);
        if (!char.IsAsciiLetterOrDigit(before) || (char.IsAsciiLetter(before) && char.IsLetterOrDigit(source.At(open - 2))))
            return false;
        if (output.Length > 0 && output[^1] != before)
            return false;
        var inside = source.Text.AsSpan(open + 1, close - open - 1);
        return inside.Length > 0 && (inside.IndexOfAnyExceptInRange('0', '9') < 0 ? char.IsAsciiDigit(before) : StartsWithGreek(inside));
    }

    private static bool StartsWithGreek(ReadOnlySpan<char> inside)
    {
        var length = 1;
        while (inside[0] == '\\' && length < inside.Length && char.IsAsciiLetter(inside[length]))
            length++;
        return length > 1 && Tables.Find(inside[1..length]) is { Kind: CommandKind.Letter };
    }
}
