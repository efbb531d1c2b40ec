using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>What stands behind a backslash. A command that no table knows, the author's own macro, stays as it is.</summary>
internal static class Commands
{
    public static int Set(Typesetter typesetter, int at, int end, Setting setting, StringBuilder output)
    {
        var source = typesetter.Source;
        var next = Arguments.NameEnd(source, at, end);
        if (next == at + 1)
        {
            output.Append('\\');
            return next;
        }

        if (!char.IsAsciiLetter(source.At(at + 1)))
            return EscapedSigns.Set(typesetter, at, end, setting, output);
        if (next == at + 2 && setting == Setting.Prose && Accents.TrySet(source, at, end, output) is > 0 and var accented)
            return accented;
        var command = Tables.Find(source.Text.AsSpan(at + 1, next - at - 1));
        if (command is null && KnownBeginning(source, at + 1, next) is > 0 and var shorter)
            (command, next) = (Tables.Find(source.Text.AsSpan(at + 1, shorter)), at + 1 + shorter);
        var arguments = source.At(next) == '*' && source.At(next + 1) == '{' ? next + 1 : next;
        var done = command is null ? -1 : Set(typesetter, command, new Place(at, arguments, end, setting), output);
        return done > 0 ? done : Keep(typesetter, new Place(at, next, end, setting), output);
    }

    // \rightarrowEnglish, \tildeO: the author forgot the space.
    private static int KnownBeginning(Manuscript source, int from, int to)
    {
        for (var length = Math.Min(to - from - 1, 18); length >= 3; length--)
            if (char.IsAsciiLetterUpper(source.At(from + length)) && Tables.Find(source.Text.AsSpan(from, length)) is not null)
                return length;
        return 0;
    }

    private static int Set(Typesetter typesetter, Command command, Place place, StringBuilder output) => command.Kind switch
    {
        CommandKind.Letter or CommandKind.Relation or CommandKind.Binary or CommandKind.Large or CommandKind.Operator or
        CommandKind.Open or CommandKind.Close or CommandKind.Symbol or CommandKind.Glyph or CommandKind.Space =>
            Signs.Set(typesetter.Source, command, place, output),
        CommandKind.Fraction or CommandKind.Binomial or CommandKind.Root or CommandKind.Modulo or CommandKind.Accent or
        CommandKind.Double or CommandKind.Negation or CommandKind.Word or CommandKind.Raise or CommandKind.Lower =>
            Mathematics.Set(typesetter, command, place, output),
        CommandKind.Link or CommandKind.Address or CommandKind.Citation or CommandKind.Key or CommandKind.Note =>
            References.Set(typesetter, command, place, output),
        _ => Wrappers.Set(typesetter, command, place, output),
    };

    private static int Keep(Typesetter typesetter, Place place, StringBuilder output)
    {
        var source = typesetter.Source;
        output.Append(source.Text, place.At, place.Next - place.At);
        if (source.At(place.Next) != '{' || Arguments.Read(source, place.Next, place.End) is not (var from, var to, > 0 and var next))
            return place.Next;
        if (to > from)
            output.Append('{').Append(typesetter.Piece(from, to, place.Setting)).Append('}');
        return next;
    }
}
