using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>Addresses of the web pass untouched, but for the backslashes that TeX wants before <c>_ % &amp; # ~</c>.</summary>
internal static class Urls
{
    private static readonly string[] Starts =
        ["http://", "https://", "ftp://", "www.", "github.com/", "huggingface.co/", "arxiv.org/", "doi.org/", "HTTPS://", "Https://", "HTTP://"];

    /// <summary>True if an address starts at <paramref name="at"/>, the first letter of a word.</summary>
    public static bool StartAt(Manuscript source, int at)
    {
        if (source.At(at) is not ('h' or 'f' or 'w' or 'g' or 'a' or 'd' or 'H'))
            return false;
        foreach (var start in Starts)
            if (source.Follows(at, start))
                return true;
        return false;
    }

    /// <summary>Copies the address; returns where it ends.</summary>
    public static int Copy(Manuscript source, int at, int end, StringBuilder output)
    {
        var i = at;
        var start = output.Length;
        for (; i < end; i++)
        {
            var c = source.At(i);
            if (c == '\\' && source.At(i + 1) is '_' or '%' or '&' or '#' or '~')
                continue;
            if (c is ' ' or '<' or '>' or '"' or '\\' or '$' or '{' or '}' or '|' or '`' || c > '\u00FF' || (c == '\'' && !char.IsLetterOrDigit(source.At(i + 1))))
                break;
            output.Append(c);
        }

        // What a stripped \href{address}{text} left behind.
        if (i < end && source.At(i) == '{' && source.Partner(i) is var close && close > i && close < end && close - i < 100)
        {
            var address = output.ToString(start, output.Length - start);
            output.Length = start;
            output.Append(References.Linked(source.Text[(i + 1)..close].Trim(), address));
            return close + 1;
        }

        // A brace without a partner is what a stripped \url or \href left behind.
        return i < end && source.At(i) == '}' && source.Partner(i) < 0 ? i + 1 : i;
    }
}
