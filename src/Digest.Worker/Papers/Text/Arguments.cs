namespace Digest.Worker.Papers.Text;

/// <summary>Reads what TeX would take as the argument of a command.</summary>
internal static class Arguments
{
    /// <summary>A group without its braces, a command with its groups, or one character; <c>Next</c> is -1 where there is none.</summary>
    public static (int From, int To, int Next) Read(Manuscript source, int at, int end)
    {
        var i = SkipSpaces(source, at, end);
        if (i >= end)
            return (i, i, -1);
        switch (source.At(i))
        {
            case '{':
                var close = source.Partner(i);
                return close >= 0 && close < end ? (i + 1, close, close + 1) : (i, i, -1);
            case '}' or '$' or '^' or '_' or '&' or '~':
                return (i, i, -1);
            case '\\':
                var next = CommandEnd(source, i, end);
                return (i, next, next);
            case var c when char.IsHighSurrogate(c) && i + 1 < end:
                return (i, i + 2, i + 2);
            default:
                return (i, i + 1, i + 1);
        }
    }

    /// <summary>Only a group; <c>Next</c> is -1 where there is none.</summary>
    public static (int From, int To, int Next) ReadGroup(Manuscript source, int at, int end)
    {
        var i = SkipSpaces(source, at, end);
        return i < end && source.At(i) == '{' ? Read(source, i, end) : (i, i, -1);
    }

    /// <summary>Skips an optional argument in brackets, if there is one.</summary>
    public static int SkipOptional(Manuscript source, int at, int end)
    {
        if (at >= end || source.At(at) != '[')
            return at;
        var close = source.Text.AsSpan(at, Math.Min(end - at, 100)).IndexOf(']');
        return close < 0 ? at : at + close + 1;
    }

    public static int SkipSpaces(Manuscript source, int at, int end)
    {
        while (at < end && source.At(at) == ' ')
            at++;
        return at;
    }

    /// <summary>Where the name of the command at <paramref name="at"/> ends: letters, or one sign.</summary>
    public static int NameEnd(Manuscript source, int at, int end)
    {
        var i = at + 1;
        while (i < end && char.IsAsciiLetter(source.At(i)))
            i++;
        return i == at + 1 ? Math.Min(i + 1, end) : i;
    }

    private static int CommandEnd(Manuscript source, int at, int end)
    {
        var i = NameEnd(source, at, end);
        while (i < end && source.At(i) == '{' && source.Partner(i) is var close && close >= 0 && close < end)
            i = close + 1;
        return i;
    }
}
