using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary><c>^</c> and <c>_</c>. In prose only where they can be nothing else: <c>snake_case</c> and <c>:^)</c> stay.</summary>
internal static class ScriptMarks
{
    private static readonly string[] Bases = ["log", "max", "min", "sup", "inf", "lim", "arg", "sum"];

    public static int Set(Typesetter typesetter, int at, int end, Setting setting, StringBuilder output)
    {
        var source = typesetter.Source;
        var raised = source.At(at) == '^';
        if (setting == Setting.Prose && source.At(at + 1) is not ('{' or '\\'))
            return InProse(typesetter, at, end, raised, output);
        var (from, to, next) = Arguments.Read(source, at + 1, end);
        if (next < 0 || (setting == Setting.Prose && source.At(at - 1) is ' ' or '\0'))
        {
            output.Append(source.At(at));
            return at + 1;
        }

        if (setting != Setting.Prose && Uncertainty(typesetter, at, end, output) is > 0 and var after)
            return after;
        var content = typesetter.Piece(from, to, Setting.Script);
        Append(source, content, raised, next, setting, output);
        return next;
    }

    // 8.02^{+0.22}_{-0.34}: an error with two bounds reads better beside the value than above and below it.
    private static int Uncertainty(Typesetter typesetter, int at, int end, StringBuilder output)
    {
        var source = typesetter.Source;
        var first = Arguments.ReadGroup(source, at + 1, end);
        if (first.Next < 0 || source.At(first.From) is not ('+' or '-') || first.Next >= end || source.At(first.Next) is not ('^' or '_'))
            return -1;
        var second = Arguments.ReadGroup(source, first.Next + 1, end);
        if (second.Next < 0 || source.At(second.From) is not ('+' or '-') || source.At(second.From) == source.At(first.From))
            return -1;
        var bounds = (typesetter.Piece(first.From, first.To, Setting.Script), typesetter.Piece(second.From, second.To, Setting.Script));
        var (upper, lower) = source.At(first.From) == '+' ? bounds : (bounds.Item2, bounds.Item1);
        if (upper.Length < 2 || !char.IsAsciiDigit(upper[1]) || lower.Length < 2 || !char.IsAsciiDigit(lower[1]))
            return -1;
        output.Append(" (").Append(upper).Append('/').Append(lower).Append(')');
        return second.Next;
    }

    private static void Append(Manuscript source, string content, bool raised, int next, Setting setting, StringBuilder output)
    {
        TrimSpace(output, setting);
        var script = raised ? Scripts.Raise(content) : Scripts.Lower(content);
        output.Append(script);
        if (script.Length > 1 && script[0] is '_' or '^' && char.IsLetterOrDigit(script[^1]) && char.IsLetterOrDigit(source.At(next)))
            output.Append(' ');
    }

    private static void TrimSpace(StringBuilder output, Setting setting)
    {
        while (setting != Setting.Prose && output.Length > 1 && output[^1] == ' ')
            output.Length--;
    }

    private static int InProse(Typesetter typesetter, int at, int end, bool raised, StringBuilder output)
    {
        var source = typesetter.Source;
        var to = ProseArgument(source, at + 1, end, raised);
        if (to > 0 && HasBase(output, raised))
        {
            var content = typesetter.Piece(at + 1, to, Setting.Script);
            if ((raised ? Scripts.TryRaise(content) : Scripts.TryLower(content)) is { } script)
            {
                output.Append(script);
                return to;
            }
        }

        output.Append(raised ? '^' : '_');
        return at + 1;
    }

    // A number, one letter, a star, or a stripped command: not the beginning of a longer name.
    private static int ProseArgument(Manuscript source, int from, int end, bool raised)
    {
        var i = from;
        if (raised && source.At(i) is '-' or '+')
            i++;
        if (raised && source.At(i) == '*' && !char.IsLetterOrDigit(source.At(i + 1)) && source.At(i + 1) != '*')
            return i + 1;
        var start = i;
        while (i < end && char.IsAsciiDigit(source.At(i)))
            i++;
        var digits = i > start;
        if (!digits && char.IsAsciiLetter(source.At(i)))
            i++;
        var after = source.At(i);
        var ends = !char.IsLetterOrDigit(after) || (raised && digits);
        return i > start && i <= end && ends && (after != '_' || raised) && !(after == '.' && char.IsAsciiLetterOrDigit(source.At(i + 1))) ? i : -1;
    }

    private static bool HasBase(StringBuilder output, bool raised)
    {
        if (output.Length == 0)
            return false;
        var last = output[^1];
        if (last is ')' or ']' or '|' or '}')
            return raised || last == ')';
        if (!char.IsLetterOrDigit(last))
            return last is '∑' or '∏' or '∇' or '∫' or '∞';
        if (raised)
            return true;
        if (char.IsAsciiDigit(last))
            return false;
        if (output.Length < 2 || !(char.IsLetterOrDigit(output[^2]) || output[^2] is '_' or '.' or '/' or '-'))
            return true;
        return output.Length >= 3 && Array.IndexOf(Bases, output.ToString(output.Length - 3, 3)) >= 0 &&
            (output.Length == 3 || !char.IsLetterOrDigit(output[^4]));
    }
}
