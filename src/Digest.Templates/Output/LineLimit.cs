using System.Text;

namespace Digest.Templates.Output;

/// <summary>The last guard for lines of HTML: at most 998 octets (RFC 5322 section 2.1.1), whatever a template wrote.</summary>
internal static class LineLimit
{
    public const int Octets = 998;
    private const int Aim = 700;

    public static string Of(string html) => Fits(html) ? html : Break(html);

    public static bool Fits(ReadOnlySpan<char> html)
    {
        foreach (var range in html.Split('\n'))
        {
            var line = html[range];
            if (line.Length > Octets / 3 && Encoding.UTF8.GetByteCount(line) > Octets)
                return false;
        }

        return true;
    }

    // A line end may stand for any space, between tags or inside one, but not inside a quoted value.
    private static string Break(string html)
    {
        var broken = new StringBuilder(html.Length + 64);
        var (octets, quote, inTag) = (0, '\0', false);
        foreach (var c in html)
        {
            octets = c == '\n' ? 0 : octets + (c < 0x80 ? 1 : 3);
            if (quote == '\0' && c == ' ' && octets > Aim)
            {
                broken.Append('\n');
                octets = 0;
                continue;
            }

            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (inTag && c is '"' or '\'' && inTag)
                quote = c;
            else if (c is '<' or '>')
                inTag = c == '<';
            broken.Append(c);
        }

        return broken.ToString();
    }
}
