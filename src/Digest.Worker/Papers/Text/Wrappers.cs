using System.Globalization;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Commands that change the look or the place of their argument, of which only the argument stays, or nothing.</summary>
internal static class Wrappers
{
    public static int Set(Typesetter typesetter, Command command, Place place, StringBuilder output)
    {
        var source = typesetter.Source;
        switch (command.Kind)
        {
            case CommandKind.Vanish:
                return source.Follows(place.Next, "{}") ? place.Next + 2 : place.Next;
            case CommandKind.Font:
                return Font(typesetter, place, output);
            case CommandKind.Delimiter:
                return Delimiter(source, command, place, output);
            case CommandKind.Drop or CommandKind.Gap:
                output.Append(command.Kind == CommandKind.Gap ? " " : "");
                var (from, to, after) = Arguments.ReadGroup(source, Arguments.SkipOptional(source, place.Next, place.End), place.End);
                if (command.Name == "color" && source.Text.AsSpan(from, to - from).ContainsAnyInRange('A', 'Z'))
                    return -1;
                return after < 0 ? place.Next : after;
        }

        return Wrap(typesetter, command, place, output);
    }

    private static int Wrap(Typesetter typesetter, Command command, Place place, StringBuilder output)
    {
        var source = typesetter.Source;
        var options = Arguments.SkipOptional(source, place.Next, place.End);
        var loose = !place.InProse || command.Name.StartsWith("math", StringComparison.Ordinal) || command.Name is "bm" or "boldsymbol";
        var (from, to, next) = loose ? Arguments.Read(source, options, place.End) : Arguments.ReadGroup(source, options, place.End);
        return next < 0 ? -1 : WithArgument(typesetter, command, place, (from, to, next), output);
    }

    // \left( x \right): the bracket stays, the room inside of it goes; a full stop stands for no bracket.
    private static int Delimiter(Manuscript source, Command command, Place place, StringBuilder output)
    {
        var bracket = Arguments.SkipSpaces(source, place.Next, place.End);
        if (command.Name == "right")
            Signs.TrimSpaces(output);
        if (source.At(bracket) == '.' && bracket < place.End)
            return bracket + 1;
        if (command.Name != "left" || bracket >= place.End || source.At(bracket) is not ('(' or '[' or '|'))
            return bracket;
        if (output.Length > 1 && output[^1] == ' ' && char.IsLetter(output[^2]) && !place.InProse)
            Signs.TrimSpaces(output);
        output.Append(source.At(bracket));
        return Arguments.SkipSpaces(source, bracket + 1, place.End);
    }

    // \bf so, to the end of the group; or \bf{so}, which is no good TeX but frequent.
    private static int Font(Typesetter typesetter, Place place, StringBuilder output)
    {
        var (from, to, next) = Arguments.ReadGroup(typesetter.Source, place.Next, place.End);
        if (next < 0)
            return Arguments.SkipSpaces(typesetter.Source, place.Next, place.End);
        output.Append(typesetter.Piece(from, to, place.Setting));
        return next;
    }

    private static int WithArgument(
        Typesetter typesetter, Command command, Place place, (int From, int To, int Next) first, StringBuilder output)
    {
        switch (command.Kind)
        {
            case CommandKind.Second or CommandKind.Quantity:
                var (from, to, next) = Arguments.Read(typesetter.Source, first.Next, place.End);
                if (next < 0)
                    return -1;
                if (typesetter.Source.At(first.From) is '<' or '>' && typesetter.Source.Text.AsSpan(from, to - from).IndexOf("\\sim") >= 0)
                {
                    output.Append(typesetter.Source.At(first.From) == '<' ? '≲' : '≳');
                    return next;
                }

                if (command.Kind == CommandKind.Quantity)
                    output.Append(typesetter.Piece(first.From, first.To, Setting.Formula)).Append(' ');
                output.Append(typesetter.Piece(from, to, place.Setting));
                return next;
            case CommandKind.Codepoint or CommandKind.Dingbat:
                output.Append(Codepoint(typesetter.Source.Text[first.From..first.To], command.Kind == CommandKind.Dingbat));
                return first.Next;
            default:
                output.Append(typesetter.Piece(first.From, first.To, Inside(command.Kind, place.Setting)));
                return first.Next;
        }
    }

    private static Setting Inside(CommandKind kind, Setting around) => kind switch
    {
        CommandKind.Upright => Setting.Prose,
        CommandKind.Formula when around == Setting.Prose => Setting.Formula,
        _ => around,
    };

    // \unicode{x2013}, \unicode{8211}, \ding{51}. Unicode keeps the font's order, but for the circled digits, which it had before.
    private static string Codepoint(string number, bool dingbat)
    {
        var hexadecimal = number.StartsWith('x') || number.StartsWith('"');
        var digits = number.AsSpan(hexadecimal ? 1 : 0);
        if (!int.TryParse(digits, hexadecimal ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return number;
        return value switch
        {
            >= 33 and <= 126 when dingbat => new Rune(0x2701 + value - 33).ToString(),
            >= 172 and <= 181 when dingbat => new Rune(0x2460 + value - 172).ToString(),
            >= 161 and <= 254 when dingbat => new Rune(0x2761 + value - 161).ToString(),
            _ => Rune.IsValid(value) ? new Rune(value).ToString() : number,
        };
    }
}
