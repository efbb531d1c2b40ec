using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// Makes the sloppy source text of titles and abstracts readable: TeX, accents, quotes, dashes, HTML debris, lost backslashes. Pure,
/// never throws, linear in the length of the text; what is not understood stays as it is. No control or bidirectional character is ever
/// returned, and the result is Unicode NFC.
/// </summary>
internal static class ReadableText
{
    /// <summary>A title, or the name of an author, on one line.</summary>
    public static string Title(string raw) => Clean(raw);

    /// <summary>An abstract as one paragraph.</summary>
    public static string Abstract(string raw) => Clean(raw);

    private static string Clean(string raw)
    {
        var text = WhiteSpace.Fold(Markup.Remove(WhiteSpace.Fold(Comments.Remove(raw))));
        var set = Typesetter.Set(BareCommands.Restore(text));
        return WhiteSpace.Fold(set.Normalize(NormalizationForm.FormC));
    }
}
