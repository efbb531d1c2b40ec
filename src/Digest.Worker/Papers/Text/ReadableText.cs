namespace Digest.Worker.Papers.Text;

/// <summary>
/// Makes the sloppy source text of titles and abstracts readable. Pure, never throws, linear in the length of the text; what is not
/// understood stays as it is. No control or bidirectional character is ever returned.
/// </summary>
internal static class ReadableText
{
    /// <summary>A title on one line.</summary>
    public static string Title(string raw) => WhiteSpace.Fold(raw);

    /// <summary>An abstract as one paragraph.</summary>
    public static string Abstract(string raw) => WhiteSpace.Fold(raw);
}
