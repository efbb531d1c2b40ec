using Digest.Templates.Output;

namespace Digest.Templates.Issues;

/// <summary>What of an abstract is shown: whole sentences up to a length, and the first sentence that hit if it comes later.</summary>
internal static class Excerpt
{
    // With a space that does not break: three dots on a line of their own look lost.
    private static readonly TextRun Omitted = new("\u00A0…");

    /// <param name="length">Characters to aim at.</param>
    public static RichText Of(string text, int length, IReadOnlyList<TextRange> hits)
    {
        var sentences = SentenceSplit.Split(text);
        if (sentences.Count == 0)
            return new RichText([]);
        var shown = Fitting(sentences, text, length);
        var later = FirstLaterHit(sentences, text, shown, hits);
        if (later > shown && Length(sentences[later], text) < length)
            shown = Fitting(sentences, text, Math.Max(length / 3, length - Length(sentences[later], text)));
        var runs = Lead(sentences, text, shown, length, hits);
        if (shown == sentences.Count)
            return new RichText(runs);
        if (later >= 0 && Length(sentences[later], text) <= length)
        {
            runs.Add(new TextRun(later == shown ? " " : " … "));
            runs.AddRange(Marking.Mark(text, sentences[later], "abstract", hits));
            shown = later + 1;
        }

        if (shown < sentences.Count)
            runs.Add(Omitted);
        return new RichText(runs);
    }

    private static int Length(Range sentence, string text) => sentence.GetOffsetAndLength(text.Length).Length;

    private static int Fitting(List<Range> sentences, string text, int length)
    {
        var start = sentences[0].Start.Value;
        var shown = 1;
        while (shown < sentences.Count && sentences[shown].End.Value - start <= length)
            shown++;
        // A last short sentence is cheaper to show than to cut.
        return shown == sentences.Count - 1 && sentences[^1].End.Value - start <= length * 6 / 5 ? sentences.Count : shown;
    }

    // The sentence after the shown ones that holds the first hit, if none of the shown ones holds one; otherwise -1.
    private static int FirstLaterHit(List<Range> sentences, string text, int shown, IReadOnlyList<TextRange> hits)
    {
        var starts = hits.Where(hit => hit.Field == "abstract" && hit.Start >= 0 && hit.Start < text.Length).Select(hit => hit.Start).ToArray();
        if (starts.Length == 0 || starts.Min() < sentences[shown - 1].End.Value)
            return -1;
        var first = starts.Min();
        return sentences.FindIndex(shown, sentence => first < sentence.End.Value);
    }

    // A first sentence that alone is far too long is cut at a word.
    private static List<TextRun> Lead(List<Range> sentences, string text, int shown, int length, IReadOnlyList<TextRange> hits)
    {
        var (start, end) = (sentences[0].Start.Value, sentences[shown - 1].End.Value);
        if (shown > 1 || end - start <= length * 3 / 2)
            return Marking.Mark(text, start..end, "abstract", hits);
        var space = text.LastIndexOf(' ', start + length, length / 4);
        var cut = space > 0 ? space : start + length;
        if (char.IsLowSurrogate(text[cut]))
            cut--;
        var runs = Marking.Mark(text, start..cut, "abstract", hits);
        if (sentences.Count == 1)
            runs.Add(Omitted);
        return runs;
    }
}
