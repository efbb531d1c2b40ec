namespace Digest.Worker.Papers.Text;

/// <summary>A run of letters, and whether it is one or several commands that lost their backslashes.</summary>
internal readonly struct BareWord(string text, int from, int to)
{
    /// <summary>True if the word before was an accent without its backslash: <c>widetilde Theta</c>.</summary>
    public bool AfterAccent { get; init; }

    private const int LongestName = 18;

    /// <summary>Where in the text a backslash is missing; null or empty if nowhere.</summary>
    /// <param name="delimiters">How many stripped <c>\left</c> are still open.</param>
    public List<int>? Starts(ref int delimiters)
    {
        var length = to - from;
        if (length < 2)
            return null;
        if (length <= LongestName && Tables.Find(text.AsSpan(from, length)) is { } whole)
            return IsBare(whole, from, ref delimiters) ? [from] : FontStarts(whole);
        return length > 2 * LongestName ? null : Split(ref delimiters);
    }

    private char Before => from > 0 ? text[from - 1] : '\0';

    private char After(int offset = 0) => to + offset < text.Length ? text[to + offset] : '\0';

    private bool IsBare(Command command, int start, ref int delimiters)
    {
        var before = start > 0 ? text[start - 1] : '\0';
        switch (command.Bare)
        {
            case Bare.Always:
                return before is not ('.' or '/' or '-') && !(command.Kind == CommandKind.Relation && After() == '-');
            case Bare.Brace:
                return After() == '{' || (command.Kind == CommandKind.Fraction && char.IsAsciiDigit(After()) && char.IsAsciiDigit(After(1)));
            case Bare.Script:
                return before is not ('.' or '/' or '-' or '_') && (AfterAccent || HasScript() || (After() == '=' && char.IsAsciiDigit(After(1)) && before is ' ' or '(')) ||
                    (command.Kind == CommandKind.Letter && before is '^' or '{' && After() is '}' or '^' && command.Name != "partial");
            case Bare.Gap:
                return (before == ' ' && After() == ' ') || before is '^' or '{' && After() is ' ' or '}' or '-' or ',' or '.' or ')';
            case Bare.Number:
                return StandsAtNumber(command, before);
            case Bare.Bracket:
                return IsDelimiter(command, start, ref delimiters);
            default:
                return false;
        }
    }

    private bool HasScript()
    {
        if (After() is not ('_' or '^'))
            return false;
        var script = After(1);
        return script is '{' or '*' || char.IsAsciiDigit(script) || ((char.IsLetter(script) || script is '-') && !char.IsLetter(After(2)) && After(2) != '_');
    }

    private bool StandsAtNumber(Command command, char before)
    {
        var digitBefore = char.IsAsciiDigit(before);
        var digitAfter = char.IsAsciiDigit(After());
        var next = After() == ' ' ? After(1) : After();
        var last = before == ' ' && from > 1 ? text[from - 2] : before;
        switch (command.Name)
        {
            case "times":
                return (digitBefore && !char.IsAsciiLetter(After())) || (IsFactor(last, 3) && IsFactor(next, -1));
            case "pm":
                return char.IsAsciiDigit(next) && (char.IsAsciiDigit(last) || last is '%' or '}');
            case "sim":
                return digitAfter && before is not ('-' or '.' or '/' or '_') && !(After() == '2' && After(1) is 'r' or 's' or 'R' or 'S' or '-' or ' ');
            default:
                var sign = next is '-' or '+' or '.' && char.IsAsciiDigit(After(After() == ' ' ? 2 : 1));
                return (char.IsAsciiDigit(next) || sign || (before == '{' && After() == '}')) && before is not ('-' or '.' or '/' or '_');
        }
    }

    // A digit, or a lone letter: 512 times 512, N times N, {d times d}.
    private bool IsFactor(char c, int back)
    {
        if (char.IsAsciiDigit(c))
            return Before == ' ';
        var around = back > 0 ? (from >= back ? text[from - back] : ' ') : After(2);
        return char.IsAsciiLetter(c) && c is not ('a' or 'A' or 'I') && Before == ' ' && around is ' ' or ',' or '.' or ')' or '(' or '{' or '}';
    }

    private bool IsDelimiter(Command command, int start, ref int delimiters)
    {
        var bracket = After();
        if (command.Name == "left" && bracket is '(' or '[' or '|' && string.CompareOrdinal(text, to + 1, "right", 0, 5) != 0)
        {
            var near = text.AsSpan(to, Math.Min(400, text.Length - to));
            var closes = near.IndexOf("right)") > 0 || near.IndexOf("right]") > 0 || near.IndexOf("right|") > 0;
            delimiters += closes ? 1 : 0;
            return closes && start > 0;
        }

        if (command.Name != "right" || bracket is not (')' or ']' or '|') || delimiters == 0)
            return false;
        delimiters--;
        return true;
    }

    // {bf so}, (rm so): a switch of the type face at the head of a group.
    private List<int>? FontStarts(Command command) =>
        command.Kind == CommandKind.Font && command.Name.Length == 2 && After() == ' ' && (Before == '{' || (Before == '(' && command.Name is "rm" or "bf")) ? [from] : null;

    // lambdacdot, widetildeTheta, Oleft(: names glued together, at least one of which is no English word.
    private List<int>? Split(ref int delimiters)
    {
        List<int>? starts = null;
        var sure = Before == '^' || (char.IsAsciiDigit(Before) && char.IsAsciiDigit(After()));
        var i = from;
        if (char.IsAsciiLetterUpper(text[from]) && text.AsSpan(from + 1, to - from - 1) is "left")
            i++;
        if (Before == '{' && text.AsSpan(from + 1, to - from - 1) is "times")
            return [from + 1];
        while (i < to)
        {
            var length = Math.Min(LongestName, to - i);
            Command? command = null;
            while (length >= 2 && (command = Tables.Find(text.AsSpan(i, length))) is null or { Bare: Bare.Never })
                length--;
            if (command is null || length < 2)
                return null;
            (starts ??= []).Add(i);
            i += length;
            sure |= command.Bare == Bare.Always || (i == to && command.Bare is Bare.Bracket or Bare.Brace && IsBare(command, i - length, ref delimiters));
        }

        return sure ? starts : null;
    }
}
