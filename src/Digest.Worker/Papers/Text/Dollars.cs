namespace Digest.Worker.Papers.Text;

/// <summary>
/// Tells formulas from prices. A pair encloses a formula if its inside clings to both signs (or is plainly TeX) and no digit follows
/// the closing one, the rule that Markdown readers use; "$5 million and $6 million" is then no formula.
/// </summary>
internal static class Dollars
{
    private const int LongestFormula = 600;

    public static void Match(string text, int[] partner)
    {
        var open = -1;
        var display = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                continue;
            }

            if (text[i] != '$')
                continue;
            var twice = i + 1 < text.Length && text[i + 1] == '$';
            var last = twice && (open < 0 || display) ? i + 1 : i;
            if (open >= 0 && IsFormula(text, open, i, last))
            {
                partner[open] = last;
                open = -1;
            }
            else
            {
                open = last;
                display = last > i;
            }

            i = last;
        }
    }

    private static bool IsFormula(string text, int open, int close, int last)
    {
        var inside = text.AsSpan(open + 1, close - open - 1);
        if (inside.Length is 0 or > LongestFormula || inside.IsWhiteSpace())
            return false;
        var tex = inside.IndexOfAny('\\', '^', '_') >= 0;
        if (inside.Length <= 12 && inside.IndexOfAny('<', '>', '=') >= 0 && !HasWords(inside))
            return true;
        var clings = inside[0] != ' ' && inside[^1] != ' ';
        if (char.IsAsciiDigit(inside[0]) && !clings)
            return tex && !HasWords(inside);
        if (char.IsAsciiDigit(inside[0]) && (HasWords(inside) || (!tex && inside.IndexOf(", ") >= 0 && inside.IndexOfAnyInRange('a', 'z') >= 0)))
            return false;
        if (last + 1 < text.Length && char.IsAsciiDigit(text[last + 1]))
            return tex && !HasWords(inside);
        return clings || (tex ? !HasWords(inside) : inside.Trim().Length <= 3 || !HasWords(inside) && inside[0] == ' ' && inside[^1] == ' ');
    }

    // Two words in a row, or a word of three letters after a number: running text, not a formula.
    private static bool HasWords(ReadOnlySpan<char> inside)
    {
        var letters = 0;
        for (var i = 0; i <= inside.Length; i++)
        {
            if (i < inside.Length && char.IsAsciiLetter(inside[i]))
            {
                letters++;
                continue;
            }

            var start = i - letters;
            var free = (start == 0 || inside[start - 1] == ' ') && (i == inside.Length || inside[i] is ' ' or ',' or '.');
            if (letters >= 2 && free && start > 0)
                return true;
            letters = 0;
        }

        return false;
    }
}
