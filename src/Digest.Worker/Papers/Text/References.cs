using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Links, citations and footnotes.</summary>
internal static class References
{
    public static int Set(Typesetter typesetter, Command command, Place place, StringBuilder output)
    {
        var source = typesetter.Source;
        var at = Arguments.SkipOptional(source, Arguments.SkipOptional(source, place.Next, place.End), place.End);
        var (from, to, next) = Arguments.ReadGroup(source, at, place.End);
        if (next < 0)
            return -1;
        switch (command.Kind)
        {
            case CommandKind.Address:
                output.Append(Address(source, from, to));
                return next;
            case CommandKind.Link:
                return Link(typesetter, Address(source, from, to), place, next, output);
            case CommandKind.Citation:
                while (output.Length > 0 && output[^1] == ' ')
                    output.Length--;
                return next;
            case CommandKind.Key:
                output.Append(source.Text, from, to - from);
                return next;
            default:
                var note = typesetter.Piece(from, to, Setting.Prose).Trim().TrimEnd('.');
                output.Append(note.Length == 0 ? "" : $" ({note})").Append(char.IsLetterOrDigit(source.At(next)) ? " " : "");
                return next;
        }
    }

    private static int Link(Typesetter typesetter, string address, Place place, int next, StringBuilder output)
    {
        var (from, to, end) = Arguments.ReadGroup(typesetter.Source, next, place.End);
        if (end < 0)
        {
            output.Append(address);
            return next;
        }

        var text = typesetter.Piece(from, to, Setting.Prose).Trim();
        var sayAddress = text.Length == 0 || text.Contains("://", StringComparison.Ordinal) || address.EndsWith(text.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
        output.Append(sayAddress ? address : $"{text} ({address})");
        return end;
    }

    private static string Address(Manuscript source, int from, int to) =>
        source.Text[from..to].Replace("\\", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
