using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>The tilde: TeX's unbreakable space, or "about" (<c>~10</c>), or a range (<c>3~5</c>).</summary>
internal static class Ties
{
    public static int Set(Manuscript source, int at, Setting setting, StringBuilder output)
    {
        if (setting == Setting.Script)
            return at + 1;
        if (setting == Setting.Formula)
        {
            output.Append('\u00A0');
            return at + 1;
        }

        var before = source.At(at - 1);
        var after = source.At(at + 1);
        if (before == ' ' && source.Follows(at + 1, "http"))
            return at + 1;
        if (before is '\0' or ' ' or '(' or '[' or '/' or '>' or '<' or '=')
            output.Append('~');
        else if (after is ' ' or '.' or ',' or ';' or ')' or '\0')
            output.Append(after is ' ' or '\0' ? "" : "~");
        else if (char.IsAsciiDigit(before) && char.IsAsciiDigit(after) || after is '~' or '/' || before is '~')
            output.Append('~');
        else if ((char.IsAsciiDigit(after) || (after == '$' && char.IsAsciiDigit(source.At(at + 2)))) && IsSymbol(source, at, output))
            output.Append('~');
        else if (KeyLength(source, at + 1) is > 0 and var key)
            return at + 1 + key;
        else
            output.Append(' ');
        return at + 1;
    }

    // z~4, 2x~3x: after a single letter or a factor the sign says "about", but "a~4" is the article.
    private static bool IsSymbol(Manuscript source, int at, StringBuilder output)
    {
        var last = output.Length > 0 ? output[^1] : ' ';
        if (last is '×' or '%' || (source.At(at - 1) == '$' && last is ')' or '⟩'))
            return true;
        var letter = source.At(at - 1);
        return letter == ')' ? char.IsAsciiLetterOrDigit(source.At(at - 2))
            : char.IsAsciiLetter(letter) && letter is not ('a' or 'A' or 'I') && !char.IsLetter(source.At(at - 2)) && source.At(at - 2) is not '.';
    }

    // A key that lost its \cite{...}: nichani2023provable. Several are parted by commas.
    private static int KeyLength(Manuscript source, int from)
    {
        var end = from;
        for (var key = OneKey(source, from); key > 0; key = source.At(end) == ',' ? OneKey(source, end + 1) : 0)
            end = key;
        return end - from;
    }

    // Where a name, a year and perhaps a word end; 0 where they do not stand.
    private static int OneKey(Manuscript source, int from)
    {
        var i = from;
        while (char.IsAsciiLetterLower(source.At(i)))
            i++;
        var name = i - from;
        while (char.IsAsciiDigit(source.At(i)))
            i++;
        var year = i >= 4 && (source.Follows(i - 4, "20") || source.Follows(i - 4, "19"));
        if (name < 3 || i - from - name != 4 || !year)
            return 0;
        while (char.IsAsciiLetterOrDigit(source.At(i)))
            i++;
        return i;
    }
}
