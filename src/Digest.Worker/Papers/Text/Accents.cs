using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Accents in words: <c>\"o</c>, <c>\'{e}</c>, <c>\v{c}</c>, <c>\c c</c>.</summary>
internal static class Accents
{
    /// <summary><c>\^{e}</c> inside of another accent.</summary>
    private const int LongestNested = 6;

    /// <summary>Sets the accent whose backslash is at <paramref name="at"/>; returns where to go on, or -1 if it is no accent.</summary>
    public static int TrySet(Manuscript source, int at, int end, StringBuilder output)
    {
        var sign = source.At(at + 1);
        if (!Tables.Accents.TryGetValue(sign, out var mark))
            return -1;
        var i = at + 2;
        if (char.IsAsciiLetter(sign) && source.At(i) is not ('{' or ' '))
            return -1;
        while (source.At(i) == ' ' && i < end && char.IsAsciiLetter(sign))
            i++;
        var close = -1;
        if (source.At(i) == '{')
        {
            close = source.Partner(i++);
            if (close < 0 || close >= end || close - i > (source.At(i) == '\\' ? LongestNested : 3))
                return -1;
        }

        if (source.At(i) == '\\' && Nested(source, i, close, end, mark, output) is > 0 and var behind)
            return behind;
        if (source.At(i) == '\\' && source.At(i + 1) is 'i' or 'j')
            i++;
        var letter = source.At(i);
        if (i >= end || !char.IsLetter(letter))
            return -1;
        var composed = $"{letter}{mark}".Normalize();
        if (composed.Length > 1 && close < 0)
            return -1;
        output.Append(composed);
        for (i++; close >= 0 && i < close; i++)
            output.Append(source.At(i));
        i = close >= 0 ? close + 1 : i;
        return letter is 'i' or 'j' && source.At(i - 2) == '\\' && source.At(i) == ' ' && char.IsLetter(source.At(i + 1)) ? i + 1 : i;
    }

    // Vietnamese letters have two: \'{\^e}.
    private static int Nested(Manuscript source, int at, int close, int end, char mark, StringBuilder output)
    {
        if (char.IsLetter(source.At(at + 1)))
            return -1;
        var inner = new StringBuilder();
        var next = TrySet(source, at, Math.Min(close >= 0 ? close : end, at + LongestNested), inner);
        if (next < 0 || (close >= 0 && next != close))
            return -1;
        output.Append($"{inner}{mark}".Normalize());
        return close >= 0 ? close + 1 : next;
    }
}
