using Digest.Templates.Output;

namespace Digest.Templates.Issues;

/// <summary>What of an abstract is shown: whole sentences up to a length, and the sentence that hit if it comes later.</summary>
internal static class Excerpt
{
    /// <param name="length">Characters after which no further sentence is begun.</param>
    public static RichText Of(string text, int length, IReadOnlyList<TextRange> hits)
    {
        var sentences = SentenceSplit.Split(text);
        if (sentences.Count == 0)
            return new RichText([]);
        var shown = Fitting(sentences, text, length);
        var end = sentences[shown - 1].End;
        if (end.GetOffset(text.Length) - sentences[0].Start.GetOffset(text.Length) > length * 3 / 2)
            return CutInside(text, sentences[0].Start.GetOffset(text.Length), length, hits);
        var runs = Marking.Mark(text, sentences[0].Start..end, "abstract", hits);
        if (shown == sentences.Count)
            return new RichText(runs);
        AppendLaterHit(runs, text, sentences, shown, hits, length);
        return new RichText(runs);
    }

    private static int Fitting(List<Range> sentences, string text, int length)
    {
        var start = sentences[0].Start.GetOffset(text.Length);
        var shown = 1;
        while (shown < sentences.Count && sentences[shown].End.GetOffset(text.Length) - start <= length)
            shown++;
        // A last short sentence is cheaper to show than to cut.
        if (shown == sentences.Count - 1 && text.Length - start <= length * 6 / 5)
            shown++;
        return shown;
    }

    private static RichText CutInside(string text, int start, int length, IReadOnlyList<TextRange> hits)
    {
        var space = text.LastIndexOf(' ', start + length, length / 4);
        var end = space > 0 ? space : start + length;
        if (char.IsLowSurrogate(text[end]))
            end--;
        var runs = Marking.Mark(text, start..end, "abstract", hits);
        runs.Add(new TextRun(" …"));
        return new RichText(runs);
    }

    private static void AppendLaterHit(
        List<TextRun> runs, string text, List<Range> sentences, int shown, IReadOnlyList<TextRange> hits, int length)
    {
        runs.Add(new TextRun(" …"));
        if (runs.Any(run => run.Marked))
            return;
        for (var i = shown; i < sentences.Count; i++)
        {
            var (start, size) = sentences[i].GetOffsetAndLength(text.Length);
            if (size > length || !hits.Any(hit => hit.Field == "abstract" && hit.Start >= start && hit.Start < start + size))
                continue;
            if (i == shown)
                runs[^1] = new TextRun(" ");
            else
                runs.Add(new TextRun(" "));
            runs.AddRange(Marking.Mark(text, sentences[i], "abstract", hits));
            if (i < sentences.Count - 1)
                runs.Add(new TextRun(" …"));
            return;
        }
    }
}
