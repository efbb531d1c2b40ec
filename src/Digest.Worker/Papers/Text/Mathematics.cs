using System.Buffers;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Commands that build something of their arguments: fractions, roots, accents.</summary>
internal static class Mathematics
{
    private static readonly SearchValues<char> Compound = SearchValues.Create(" +-/±∓·×");

    public static int Set(Typesetter typesetter, Command command, Place place, StringBuilder output)
    {
        var source = typesetter.Source;
        var inner = place.Setting == Setting.Script ? Setting.Script : Setting.Formula;
        if (command.Kind == CommandKind.Root)
            return Root(typesetter, place, inner, output);
        var (from, to, next) = Arguments.Read(source, place.Next, place.End);
        if (next < 0)
            return -1;
        var first = typesetter.Piece(from, to, inner);
        switch (command.Kind)
        {
            case CommandKind.Fraction or CommandKind.Binomial:
                var (from2, to2, next2) = Arguments.Read(source, next, place.End);
                if (next2 < 0)
                    return -1;
                var second = typesetter.Piece(from2, to2, inner);
                output.Append(command.Kind == CommandKind.Binomial ? $"({first} choose {second})" : Fraction(source, first, second, place, next2, output));
                return next2;
            case CommandKind.Modulo:
                output.Append(output.Length > 0 && output[^1] != ' ' ? " " : "").Append("(mod ").Append(first).Append(')');
                return next;
            case CommandKind.Accent:
                output.Append(UnderAccent(first, command.Value));
                return next;
            case CommandKind.Double:
                output.Append(Blackboard.Of(first));
                return next;
            case CommandKind.Negation:
                output.Append(first.Length == 1 ? $" {first}\u0338 " : $"not {first}");
                return Arguments.SkipSpaces(source, next, place.End);
            case CommandKind.Raise:
                output.Append(Scripts.Raise(first));
                return next;
            case CommandKind.Lower:
                output.Append(Scripts.Lower(first));
                return next;
            default:
                return Signs.Operator(source, first, place, next, output);
        }
    }

    private static string Fraction(Manuscript source, string numerator, string denominator, Place place, int next, StringBuilder output)
    {
        var fraction = $"{Bracketed(numerator)}/{Bracketed(denominator)}";
        var neighbour = source.At(next);
        var factorAfter = next < place.End && (char.IsLetterOrDigit(neighbour) || neighbour == '(' || IsFactor(source, next));
        var factorBefore = output.Length > 0 && (char.IsLetterOrDigit(output[^1]) || output[^1] == ')');
        if (place.InProse && factorBefore && !factorAfter)
            return " " + fraction;
        return place.Setting != Setting.Script && (factorAfter || factorBefore) ? $"({fraction})" : fraction;
    }

    private static bool IsFactor(Manuscript source, int at) =>
        source.At(at) == '\\' && Tables.Find(source.Text.AsSpan(at + 1, Math.Max(0, Arguments.NameEnd(source, at, source.Text.Length) - at - 1)))
            is { Name: "left" } or { Kind: CommandKind.Letter or CommandKind.Root or CommandKind.Large or CommandKind.Unwrap or CommandKind.Accent or CommandKind.Double };

    private static int Root(Typesetter typesetter, Place place, Setting inner, StringBuilder output)
    {
        var source = typesetter.Source;
        var radicand = Arguments.SkipOptional(source, place.Next, place.End);
        var (from, to, next) = Arguments.Read(source, radicand, place.End);
        if (next < 0)
            return -1;
        var degree = radicand > place.Next ? source.Text[(place.Next + 1)..(radicand - 1)] : "";
        output.Append(degree switch
        {
            "" or "2" => "√",
            "3" => "∛",
            "4" => "∜",
            _ => Scripts.Raise(degree) + "√",
        });
        var content = typesetter.Piece(from, to, inner);
        output.Append(content.Length == 1 || content.All(char.IsLetterOrDigit) ? content : $"({content})");
        return next;
    }

    private static string UnderAccent(string content, string mark)
    {
        if (content.Length is 0 or > 4 || !content.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c)))
            return content;
        return char.IsSurrogate(content[0]) || content.Length == 1
            ? (content + mark).Normalize()
            : string.Concat(content.Select(c => $"{c}{mark}")).Normalize();
    }

    private static string Bracketed(string term) =>
        term.AsSpan().IndexOfAny(Compound) > 0 && !(term[0] == '(' && term.IndexOf(')') == term.Length - 1) ? $"({term})" : term;
}
