namespace Digest.Templates.Issues;

/// <summary>Shortens a line of text to a length, at a word where there is one near.</summary>
internal static class TextCut
{
    /// <summary>The text itself where it fits; otherwise at most <paramref name="length"/> characters, the last one an ellipsis.</summary>
    public static string At(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var space = text.LastIndexOf(' ', length - 1, Math.Min(length / 3, length - 1));
        var end = space > 0 ? space : length - 1;
        if (char.IsLowSurrogate(text[end]))
            end--;
        return text[..end].TrimEnd(' ', ',', ';', ':') + "…";
    }
}
