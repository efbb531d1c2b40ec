using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Replies;

/// <summary>
/// Which lines of a mail are the reply. The kinds of the lines are written as one letter each, so that the shapes of real mail
/// (answer above, below, between) can be read as patterns.
/// </summary>
internal static class ReplyCut
{
    /// <summary>Text lines after a quote up to which they are taken for a signature, not for a conversation.</summary>
    private const int SignatureLines = 6;

    private static readonly Regex AnswerBelow = Shape("^e*b[bqeh]*q[bqeh]*t[et]*$");
    private static readonly Regex QuoteAtEnd = Shape("te*[qbeh]*q[qbeh]*$");
    private static readonly Regex HeadAfterText = Shape("t[eqb]*h{3,}");
    private static readonly Regex HeadAtTop = Shape("^[eb]*h[ht]+(?:e|$)");
    private static readonly Regex WrappedHead = Shape("h+t?h+t?h+");
    private static readonly Regex Trailing = Shape("[eq]+$");

    /// <summary>The indexes of the lines to keep, in order.</summary>
    public static IReadOnlyList<int> Cut(LineKind[] kinds)
    {
        var lines = Enumerable.Range(0, kinds.Length).ToList();
        CutAtRuler(lines, kinds);
        lines.RemoveAll(line => kinds[line] == LineKind.MobileSignature);
        if (AnswerBelow.IsMatch(Letters(lines, kinds)))
            lines.RemoveRange(0, Letters(lines, kinds).LastIndexOfAny(['b', 'q', 'h']) + 1);
        CutAtQuoteHeader(lines, kinds);
        CutTail(lines, kinds, QuoteAtEnd, keep: 1);
        if (HeadAtTop.Match(Letters(lines, kinds)) is { Success: true } top)
            lines.RemoveRange(0, top.Length);
        lines.RemoveAll(line => kinds[line] == LineKind.QuoteHeader);
        CutAtHead(lines, kinds);
        if (Letters(lines, kinds).Contains('t', StringComparison.Ordinal))
            CutTail(lines, kinds, Trailing, keep: 0);
        return lines;
    }

    private static void CutAtRuler(List<int> lines, LineKind[] kinds)
    {
        var written = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (kinds[lines[i]] == LineKind.Ruler && written)
            {
                lines.RemoveRange(i, lines.Count - i);
                break;
            }
            written |= kinds[lines[i]] is LineKind.Text or LineKind.Quote or LineKind.QuoteHeader or LineKind.MailHeader;
        }
        lines.RemoveAll(line => kinds[line] == LineKind.Ruler);
    }

    /// <summary>After text, an announcement with nothing quoted behind it, or with a quote and at most a signature, ends the reply.</summary>
    private static void CutAtQuoteHeader(List<int> lines, LineKind[] kinds)
    {
        var letters = Letters(lines, kinds);
        for (var at = letters.IndexOf('b', StringComparison.Ordinal); at >= 0; at = letters.IndexOf('b', at + 1))
        {
            if (letters.LastIndexOf('t', at) < 0)
                continue;
            var rest = letters[at..];
            var quoted = rest.TrimEnd('t', 'e');
            var hasTextInside = quoted.Contains('t', StringComparison.Ordinal);
            if (!rest.Contains('q', StringComparison.Ordinal) || (!hasTextInside && rest[quoted.Length..].Count(letter => letter == 't') <= SignatureLines))
            {
                lines.RemoveRange(at, lines.Count - at);
                return;
            }
        }
    }

    private static void CutAtHead(List<int> lines, LineKind[] kinds)
    {
        var letters = Letters(lines, kinds);
        letters = WrappedHead.Replace(letters, match => new string('h', match.Length));
        if (HeadAfterText.Match(letters) is { Success: true } match)
            lines.RemoveRange(match.Index + 1, lines.Count - match.Index - 1);
    }

    private static void CutTail(List<int> lines, LineKind[] kinds, Regex shape, int keep)
    {
        if (shape.Match(Letters(lines, kinds)) is { Success: true } match)
            lines.RemoveRange(match.Index + keep, lines.Count - match.Index - keep);
    }

    private static string Letters(List<int> lines, LineKind[] kinds) => string.Concat(lines.Select(line => kinds[line] switch
    {
        LineKind.Blank => 'e',
        LineKind.Quote => 'q',
        LineKind.QuoteHeader => 'b',
        LineKind.MailHeader => 'h',
        LineKind.Ruler => 'd',
        LineKind.MobileSignature => 's',
        _ => 't',
    }));

    private static Regex Shape(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
