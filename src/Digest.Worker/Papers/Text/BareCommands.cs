using System.Text;

namespace Digest.Worker.Papers.Text;

/// <summary>
/// Gives TeX commands back the backslash that a source has stripped: <c>mathcal{O}(d^k)</c>, <c>R^d rightarrow R</c>, <c>1times</c>.
/// A word that English has too needs a neighbour that gives it away; the table says which.
/// </summary>
internal static class BareCommands
{
    public static string Restore(string text)
    {
        StringBuilder? output = null;
        var kept = 0;
        var delimiters = 0;
        var accent = -1;
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiLetter(text[i]))
            {
                i++;
                continue;
            }

            var end = RunEnd(text, i);
            if (IsAddress(text, i))
            {
                i = Math.Max(end, text.AsSpan(i).IndexOf(' ') is >= 0 and var length ? i + length : text.Length);
                continue;
            }

            if (i == 0 || text[i - 1] is not ('\\' or '@' or '#'))
            {
                var word = new BareWord(text, i, end) { AfterAccent = accent == i };
                if (word.Starts(ref delimiters) is { Count: > 0 } starts)
                {
                    output ??= new StringBuilder(text.Length + 16);
                    foreach (var start in starts)
                    {
                        output.Append(text, kept, start - kept).Append('\\');
                        kept = start;
                    }

                    if (end < text.Length && text[end] == ' ' && Tables.Find(text.AsSpan(starts[^1], end - starts[^1])) is { Kind: CommandKind.Accent })
                        accent = end + 1;
                }
            }

            i = end;
        }

        return output is null ? text : output.Append(text, kept, text.Length - kept).ToString();
    }

    private static int RunEnd(string text, int i)
    {
        while (i < text.Length && char.IsAsciiLetter(text[i]))
            i++;
        return i;
    }

    private static bool IsAddress(string text, int at) =>
        text[at] is 'h' or 'w' or 'H' && (string.CompareOrdinal(text, at, "http", 0, 4) == 0 || string.CompareOrdinal(text, at, "www.", 0, 4) == 0);
}
