using System.Buffers;
using Digest.Templates.Output;

namespace Digest.Templates.Issues;

/// <summary>A stretch of a paper's text with the words that hit marked, and addresses made into links.</summary>
internal static class Marking
{
    private static readonly SearchValues<char> AfterAddress = SearchValues.Create(" \t\n<>\"”’)]}");

    public static List<TextRun> Mark(string text, Range stretch, string field, IReadOnlyList<TextRange> hits)
    {
        var runs = new List<TextRun>();
        var (at, end) = (stretch.Start.GetOffset(text.Length), stretch.End.GetOffset(text.Length));
        foreach (var (from, to) in Marked(text, at, end, hits.Where(hit => hit.Field == field).OrderBy(hit => hit.Start)))
        {
            Plain(runs, text[at..from]);
            runs.Add(new TextRun(text[from..to], Marked: true));
            at = to;
        }

        Plain(runs, text[at..end]);
        return runs;
    }

    // Words that hit side by side are one mark: "*reinforcement* *learning*" is hard to read, and harder to listen to.
    private static List<(int From, int To)> Marked(string text, int start, int end, IEnumerable<TextRange> hits)
    {
        var marked = new List<(int From, int To)>();
        foreach (var hit in hits)
        {
            var (from, to) = WholeWords(text, Math.Max(hit.Start, start), (int)Math.Min((long)hit.Start + hit.Length, end), start, end);
            if (from >= to)
                continue;
            if (marked is [.., var last] && (from <= last.To || text.AsSpan(last.To, from - last.To) is " " or "-"))
                marked[^1] = (last.From, Math.Max(last.To, to));
            else
                marked.Add((from, to));
        }

        return marked;
    }

    // "model" that hit in "models" marks "models": half a bold word reads badly. Only in scripts that put spaces between words.
    private static (int From, int To) WholeWords(string text, int from, int to, int least, int most)
    {
        if (from >= to)
            return (from, to);
        while (from > least && char.IsAsciiLetterOrDigit(text[from]) && char.IsAsciiLetterOrDigit(text[from - 1]))
            from--;
        while (to < most && char.IsAsciiLetterOrDigit(text[to - 1]) && char.IsAsciiLetterOrDigit(text[to]))
            to++;
        return (from, to);
    }

    private static void Plain(List<TextRun> runs, string text)
    {
        while (NextAddress(text) is var (start, length) && length > 0)
        {
            if (start > 0)
                runs.Add(new TextRun(text[..start]));
            var address = text.Substring(start, length);
            runs.Add(new TextRun(address, Link: address));
            text = text[(start + length)..];
        }

        if (text.Length > 0)
            runs.Add(new TextRun(text));
    }

    private static (int Start, int Length) NextAddress(string text)
    {
        var start = text.IndexOf("http", StringComparison.Ordinal);
        while (start >= 0)
        {
            var rest = text.AsSpan(start);
            if (rest.StartsWith("http://") || rest.StartsWith("https://"))
            {
                var length = rest.IndexOfAny(AfterAddress);
                rest = (length < 0 ? rest : rest[..length]).TrimEnd(".,;:!?'");
                if (rest.Length > 10)
                    return (start, rest.Length);
            }

            start = text.IndexOf("http", start + 4, StringComparison.Ordinal);
        }

        return (0, 0);
    }
}
