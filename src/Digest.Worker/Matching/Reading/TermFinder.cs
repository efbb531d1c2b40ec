using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds one term in one paper by reading it through.</summary>
internal static class TermFinder
{
    public static void Find(Term term, PaperReading paper, List<Occurrence> found)
    {
        foreach (var field in (ReadOnlySpan<Fields>)[Fields.Title, Fields.Abstract])
        {
            var text = paper.Words(field);
            for (var first = 0; first < text.Count; first++)
            {
                var last = term.Stem is null ? EndOf(term, text, first) : paper.Stem(field, first) == term.Stem ? first : -1;
                if (last >= 0)
                {
                    found.Add(new Occurrence(field, first, last));
                }
            }
        }
    }

    /// <summary>The word with which the term, begun at <paramref name="first"/>, ends; -1 where it does not stand there.</summary>
    public static int EndOf(Term term, List<Word> text, int first)
    {
        var rest = term.Key.AsSpan();
        for (var at = first; at < text.Count; at++)
        {
            var word = text[at].Folded.AsSpan();
            if (word.Length >= rest.Length)
            {
                var equal = term.IsPrefix ? word.StartsWith(rest) : word.SequenceEqual(rest);
                return equal && term.Fits(text, first, at) ? at : -1;
            }

            if (!rest.StartsWith(word))
            {
                return -1;
            }

            rest = rest[word.Length..];
        }

        return -1;
    }
}
