using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>A backslash before something that is no letter: <c>\%</c>, <c>\,</c>, <c>\"o</c>, <c>\(</c>.</summary>
internal static class EscapedSigns
{
    private const int LongestFormula = 600;

    public static int Set(Typesetter typesetter, int at, int end, Setting setting, StringBuilder output)
    {
        var source = typesetter.Source;
        var sign = source.At(at + 1);
        switch (sign)
        {
            case '%' or '&' or '#' or '_' or '$' or '{' or '}':
                output.Append(sign);
                return at + 2;
            case ' ' or ',' or ';' or ':' or '>' or '\\':
                output.Append(Signs.Room(setting));
                return at + 2;
            case '!' or '/' or '-' or '@' or '+' when setting != Setting.Prose || sign != '+':
                return at + 2;
            case '|':
                output.Append('‖');
                return at + 2;
            // \$5 in a source that strips dollar signs.
            case >= '0' and <= '9' when setting == Setting.Prose && source.At(at - 1) is ' ' or '(' or '\0':
                output.Append('$');
                return at + 1;
            case '(' or '[':
                return Formula(typesetter, at, end, sign == '(' ? "\\)" : "\\]", output);
        }

        if (sign == '"' && IsQuotation(source, at, end) || sign == '\'' && IsApostrophe(source, at))
        {
            output.Append(sign);
            return at + 2;
        }

        if (Accents.TrySet(source, at, end, output) is > 0 and var next)
            return next;
        output.Append(sign is '"' or '\'' or '`' or '*' or '<' or '=' or '.' ? "" : "\\").Append(sign);
        return at + 2;
    }

    private static int Formula(Typesetter typesetter, int at, int end, string close, StringBuilder output)
    {
        var source = typesetter.Source;
        var length = source.Text.AsSpan(at + 2, Math.Min(end - at - 2, LongestFormula)).IndexOf(close);
        if (length < 0)
        {
            output.Append(source.Text, at, 2);
            return at + 2;
        }

        output.Append(typesetter.Piece(at + 2, at + 2 + length, Setting.Formula));
        return at + 2 + length + 2;
    }

    // \"so\": quotes that were escaped for a program, not for TeX.
    private static bool IsQuotation(Manuscript source, int at, int end)
    {
        if (source.At(at + 2) is '{' or '\\')
            return false;
        if (!char.IsLetterOrDigit(source.At(at + 2)))
            return true;
        if (char.IsLetter(source.At(at - 1)))
            return false;
        var from = at + 3;
        var close = source.Text.AsSpan(Math.Min(from, end), Math.Clamp(end - from, 0, 120)).IndexOf("\\\"");
        return close >= 0 && !char.IsLetterOrDigit(source.At(from + close + 2));
    }

    // don\'t, model\'s: the end of a word that English joins with an apostrophe.
    private static bool IsApostrophe(Manuscript source, int at)
    {
        var i = at + 2;
        while (char.IsAsciiLetter(source.At(i)) && i < at + 5)
            i++;
        return char.IsLetter(source.At(at - 1)) && !char.IsLetter(source.At(i)) && source.Text[(at + 2)..i] is "s" or "t" or "re" or "ve" or "ll" or "d" or "m";
    }
}
