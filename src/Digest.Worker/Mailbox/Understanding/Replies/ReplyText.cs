using System.Text;
using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>What a human newly wrote, and the same without any quoted line.</summary>
/// <param name="Shown">The reply as a reader would cut it out; a conversation between quoted lines keeps them.</param>
/// <param name="OwnWords">The writer's own lines alone: nothing quoted can ever be taken for a command.</param>
internal sealed record ReplyText(string Shown, string OwnWords)
{
    public static ReplyText Split(string text)
    {
        var lines = Normalize(text).Split('\n').Take(3000).ToArray();
        var kinds = LineKinds.Classify(lines);
        var kept = ReplyCut.Cut(kinds);
        var shown = Join(kept.Select(index => lines[index]));
        var own = Join(kept.Where(index => kinds[index] is not (LineKind.Quote or LineKind.QuoteHeader)).Select(index => lines[index]));
        return new ReplyText(shown, own);
    }

    private static string Join(IEnumerable<string> lines) => BlankLines.Replace(string.Join('\n', lines.Select(line => line.TrimEnd())), "\n\n").Trim('\n', '\r', ' ', '\t');

    /// <summary>One kind of line end, no invisible characters, no HTML leftovers in plain text.</summary>
    private static string Normalize(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\u200b' or '\u200c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u2069') or '\ufeff' or '\u00ad' or '\0')
                continue;
            normal.Append(character is '\u00a0' or '\u202f' ? ' ' : character is '\u2028' or '\u2029' ? '\n' : character);
        }
        return normal.Replace("\r\n", "\n").Replace('\r', '\n').Replace("&lt;", "<").Replace("&gt;", ">").ToString();
    }

    private static readonly Regex BlankLines = new(@"\n(?:[ \t]*\n){2,}", RegexOptions.NonBacktracking);
}
