using System.Net;
using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>HTML and JATS debris: entities (even twice escaped) become characters, the tags of the table go, any other stays.</summary>
internal static class Markup
{
    private const int LongestTag = 400;
    private const int LongestScript = 60;

    public static string Remove(string text)
    {
        for (var i = 0; i < 3 && text.Contains('&', StringComparison.Ordinal); i++)
        {
            var decoded = WebUtility.HtmlDecode(text);
            if (decoded == text)
                break;
            text = decoded;
        }

        return text.Contains('<', StringComparison.Ordinal) ? RemoveTags(text) : text;
    }

    private static string RemoveTags(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '<' && ReadTag(text, i) is { } tag)
                i = Replace(text, tag, output);
            else
                output.Append(text[i++]);
        }

        return output.ToString();
    }

    private static int Replace(string text, (TagKind Kind, bool Closes, int End) tag, StringBuilder output)
    {
        switch (tag.Kind)
        {
            case TagKind.Block:
                output.Append(' ');
                return tag.End;
            case TagKind.Heading when tag.Closes:
                output.Append(output.Length > 0 && char.IsLetterOrDigit(output[^1]) ? ": " : " ");
                return tag.End;
            case TagKind.Heading:
                var abstractHeading = text.AsSpan(tag.End).StartsWith("Abstract<", StringComparison.OrdinalIgnoreCase);
                output.Append(' ');
                return abstractHeading ? tag.End + "Abstract".Length : tag.End;
            case TagKind.Lower or TagKind.Raise when !tag.Closes:
                var window = text.AsSpan(tag.End, Math.Min(LongestScript, text.Length - tag.End));
                var length = window.IndexOf('<');
                if (length < 0)
                    return tag.End;
                var script = window[..length].Trim().ToString();
                output.Append(tag.Kind == TagKind.Lower ? Scripts.Lower(script) : Scripts.Raise(script));
                return tag.End + length;
            default:
                return tag.End;
        }
    }

    // The tag that starts at this bracket, if the table knows it.
    private static (TagKind Kind, bool Closes, int End)? ReadTag(string text, int at)
    {
        var i = at + 1;
        var closes = i < text.Length && text[i] == '/';
        if (closes)
            i++;
        var start = i;
        while (i < text.Length && i - start < 40 && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is ':' or '-'))
            i++;
        var name = text.AsSpan(start, i - start);
        if (name.StartsWith("jats:", StringComparison.Ordinal) || name.StartsWith("mml:", StringComparison.Ordinal))
            name = name[(name.IndexOf(':') + 1)..];
        if (!Tables.Tags.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind))
            return null;
        if (i >= text.Length || text[i] is not ('>' or ' ' or '/') || (kind == TagKind.Picture && text[i] != ' '))
            return null;
        var length = text.AsSpan(i, Math.Min(LongestTag, text.Length - i)).IndexOfAny('>', '<');
        return length < 0 || text[i + length] == '<' ? null : (kind, closes, i + length + 1);
    }
}
