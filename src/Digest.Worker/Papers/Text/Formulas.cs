using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Dollar signs: around a formula they go, alone before a number they are money.</summary>
internal static class Formulas
{
    public static int Set(Typesetter typesetter, int at, int end, Setting setting, StringBuilder output)
    {
        var source = typesetter.Source;
        var open = at;
        var close = source.Partner(at);
        if (close < 0 && source.At(at + 1) == '$')
            close = source.Partner(open = at + 1);
        if (close >= end || close < 0)
            return Alone(source, at, setting, output);
        var last = source.At(close - 1) == '$' && close - 1 > open ? close - 1 : close;
        output.Append(typesetter.Piece(open + 1, last, Setting.Formula));
        if (source.At(last - 1) == ' ' && char.IsAsciiLetter(source.At(close + 1)))
            output.Append(' ');
        return close + 1;
    }

    private static int Alone(Manuscript source, int at, Setting setting, StringBuilder output)
    {
        var next = source.At(at + 1);
        var before = source.At(at - 1);
        var leftOver = setting != Setting.Prose || next == '\\' || before == '}' || (next is '^' or '_' or '}') ||
            (before is ')' or '\\' or '.' && next is '\0' or ' ');
        if (!leftOver)
            output.Append('$');
        return at + 1;
    }
}
