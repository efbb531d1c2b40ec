using System.Globalization;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Commands that stand for a sign, and the room around it. In prose the author's spaces count, in a formula the sign's kind.</summary>
internal static class Signs
{
    public static int Set(Manuscript source, Command command, Place place, StringBuilder output)
    {
        var next = source.Follows(place.Next, "{}") ? place.Next + 2 : place.Next;
        switch (command.Kind)
        {
            case CommandKind.Space:
                output.Append(Room(place.Setting));
                return next;
            case CommandKind.Open:
                output.Append(command.Value);
                return Arguments.SkipSpaces(source, next, place.End);
            case CommandKind.Close:
                TrimSpaces(output);
                output.Append(command.Value);
                return next;
            case CommandKind.Glyph:
                output.Append(command.Value);
                return source.At(next) == ' ' && next == place.Next && char.IsLetter(source.At(next + 1)) && char.IsLower(source.At(next + 1)) &&
                    command.Name.Length < 3 ? next + 1 : next;
            case CommandKind.Relation:
                return Relation(source, command.Value, place, next, output);
            case CommandKind.Binary:
                return Binary(source, command.Value, place, next, output);
            case CommandKind.Operator:
                return Operator(source, command.Value, place, next, output);
            default:
                output.Append(command.Value);
                if (command.Value.EndsWith('.') && source.At(next) == '.')
                    return next + 1;
                return command.Kind == CommandKind.Letter && !place.InProse ? SkipBeforeOperand(source, next, place.End) : next;
        }
    }

    /// <summary>The space that a command asks for; in a formula one that survives at its end, where the source's own spaces are cut.</summary>
    public static string Room(Setting setting) => setting switch
    {
        Setting.Prose => " ",
        Setting.Formula => "\u00A0",
        _ => "",
    };

    /// <summary>A name such as log: parted from the words around it, not from its brackets.</summary>
    public static int Operator(Manuscript source, string name, Place place, int next, StringBuilder output)
    {
        if (name == "deg" && place.InProse && (output.Length == 0 || !char.IsLetter(output[^1])))
        {
            output.Append('°');
            return next;
        }

        var roomy = place.Setting != Setting.Script;
        if (roomy && output.Length > 0 && (IsOperand(output[^1]) || output[^1] is '}'))
            output.Append(' ');
        output.Append(name);
        if (place.InProse)
            return next;
        next = Arguments.SkipSpaces(source, next, place.End);
        var operand = source.At(next);
        if (next < place.End && (char.IsLetterOrDigit(operand) || (operand == '{' && char.IsLetterOrDigit(source.At(next + 1))) || (operand == '\\' && char.IsAsciiLetter(source.At(next + 1)) && !IsDelimiter(source, next))))
            output.Append(' ');
        return next;
    }

    private static int Relation(Manuscript source, string sign, Place place, int next, StringBuilder output)
    {
        switch (place.Setting)
        {
            case Setting.Script:
                output.Append(sign);
                return next;
            case Setting.Prose:
                var glued = char.IsLetterOrDigit(source.At(place.At - 1)) || source.At(place.At - 1) is ')' or '}';
                output.Append(glued && source.At(next) == ' ' ? " " : "").Append(sign);
                return next;
        }

        var operand = Arguments.SkipSpaces(source, next, place.End);
        if (output.Length == 0 || output[^1] is '(' or '[' or '{' or '⟨')
        {
            output.Append(sign);
            return operand;
        }

        TrimSpaces(output);
        output.Append(' ').Append(sign);
        if (operand < place.End && source.At(operand) is not (')' or ']' or '}' or ',' or '.'))
            output.Append(' ');
        return operand;
    }

    private static int Binary(Manuscript source, string sign, Place place, int next, StringBuilder output)
    {
        if (place.InProse)
        {
            output.Append(sign);
            var factor = source.At(place.At - 1) != ' ' && source.At(next) == ' ' && char.IsAsciiDigit(source.At(next + 1));
            return factor ? next + 1 : next;
        }

        var operand = Arguments.SkipSpaces(source, next, place.End);
        TrimSpaces(output);
        var infix = output.Length > 0 && IsOperand(output[^1]) && operand < place.End;
        var spaced = infix && place.Setting == Setting.Formula && source.At(place.At - 1) == ' ';
        var after = output.Length > 0 && !infix && output[^1] is ',' or '≤' or '≥' or '=' or '≈' or '∼';
        output.Append(spaced || after ? " " : "").Append(sign).Append(spaced ? " " : "");
        return operand;
    }

    private static int SkipBeforeOperand(Manuscript source, int next, int end)
    {
        var operand = Arguments.SkipSpaces(source, next, end);
        return char.IsLetterOrDigit(source.At(operand)) || source.At(operand) is '\\' or '{' or '(' or '[' or ')' or ',' or '^' or '_' or '.' ? operand : next;
    }

    private static bool IsOperand(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is ')' or ']' or '}' or '′' or '″' or '°' or '∞' or '%' or '|' or '⟩' ||
        char.GetUnicodeCategory(c) is UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark;

    private static bool IsDelimiter(Manuscript source, int at) =>
        source.Follows(at, "\\left") || source.Follows(at, "\\big") || source.Follows(at, "\\Big") || source.Follows(at, "\\right");

    internal static void TrimSpaces(StringBuilder output)
    {
        while (output.Length > 0 && output[^1] == ' ')
            output.Length--;
    }
}
