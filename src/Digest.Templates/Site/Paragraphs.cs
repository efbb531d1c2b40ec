using Digest.Templates.Output;

namespace Digest.Templates.Site;

/// <summary>Text of several lines for a text field, where lines stay lines: each is escaped by itself.</summary>
internal static class Paragraphs
{
    public static Markup Of(string text)
    {
        var output = new OutputBuffer();
        foreach (var line in text.Split('\n'))
        {
            if (output.Length > 0)
                output.Append('\n');
            var one = new OutputBuffer();
            HtmlText.Write(one, line.TrimEnd('\r'));
            // What a mail's line limit breaks is one line here.
            output.Append(one.ToString().Replace("<wbr\n>", "", StringComparison.Ordinal).Replace('\n', ' '));
        }
        return new Markup(output.ToString());
    }
}
