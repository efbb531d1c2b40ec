using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Links, citations and footnotes.</summary>
internal static class References
{
    private static readonly string[] Prepositions = ["from", "in", "of", "by", "and", "see", "to", "with", "See", "In"];

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
                return Citation(source, from, to, next, output);
            case CommandKind.Key:
                output.Append(source.Text, from, to - from);
                return next;
            default:
                var note = typesetter.Piece(from, to, Setting.Prose).Trim().TrimEnd('.');
                output.Append(note.Length == 0 ? "" : $" ({note})").Append(char.IsLetterOrDigit(source.At(next)) ? " " : "");
                return next;
        }
    }

    // "results from \cite{smith}" needs a noun, "as usual~\cite{smith}" does not.
    private static int Citation(Manuscript source, int from, int to, int next, StringBuilder output)
    {
        Signs.TrimSpaces(output);
        var start = output.Length;
        while (start > 0 && char.IsAsciiLetter(output[start - 1]))
            start--;
        if (Array.IndexOf(Prepositions, output.ToString(start, Math.Min(output.Length - start, 12))) >= 0)
            output.Append(" [").Append(source.Text, from, to - from).Append(']');
        return next;
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
        output.Append(Linked(text, address));
        return end;
    }

    /// <summary>What a link says, and where it leads if that is not the same.</summary>
    public static string Linked(string text, string address)
    {
        if (!address.Contains('.', StringComparison.Ordinal) && text.Length > 0)
            return text;
        var same = text.Length == 0 || text.Contains("://", StringComparison.Ordinal) ||
            address.TrimEnd('/').EndsWith(text.TrimEnd('/', '.'), StringComparison.OrdinalIgnoreCase);
        return same ? address : $"{text} ({address})";
    }

    private static string Address(Manuscript source, int from, int to) =>
        source.Text[from..to].Replace("\\", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
