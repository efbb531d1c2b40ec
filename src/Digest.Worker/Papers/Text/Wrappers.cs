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
                return source.At(place.Next) == '.' && place.Next < place.End ? place.Next + 1 : place.Next;
            case CommandKind.Drop or CommandKind.Gap:
                output.Append(command.Kind == CommandKind.Gap ? " " : "");
                var (_, _, after) = Arguments.ReadGroup(source, Arguments.SkipOptional(source, place.Next, place.End), place.End);
                return after < 0 ? place.Next : after;
        }

        var options = Arguments.SkipOptional(source, place.Next, place.End);
        var loose = !place.InProse || command.Name.StartsWith("math", StringComparison.Ordinal) || command.Name is "bm" or "boldsymbol";
        var (from, to, next) = loose ? Arguments.Read(source, options, place.End) : Arguments.ReadGroup(source, options, place.End);
        return next < 0 ? -1 : WithArgument(typesetter, command, place, (from, to, next), output);
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
                if (command.Kind == CommandKind.Quantity)
                    output.Append(typesetter.Piece(first.From, first.To, Setting.Formula)).Append(' ');
                output.Append(typesetter.Piece(from, to, place.Setting));
                return next;
            case CommandKind.Codepoint:
                output.Append(Codepoint(typesetter.Source.Text[first.From..first.To]));
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

    // \unicode{x2013}, \unicode{8211}, and the two Zapf dingbats that abstracts use.
    private static string Codepoint(string number)
    {
        var hexadecimal = number.StartsWith('x') || number.StartsWith('"');
        var digits = number.AsSpan(hexadecimal ? 1 : 0);
        if (!int.TryParse(digits, hexadecimal ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return number;
        return value switch
        {
            51 or 52 => "✓",
            53 or 54 or 55 or 56 => "✗",
            _ => Rune.IsValid(value) ? new Rune(value).ToString() : number,
        };
    }
}
