using System.Runtime.InteropServices;
using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds one term in one paper by reading it through.</summary>
internal static class TermFinder
{
    public static void Find(Term term, PaperReading paper, List<Occurrence> found)
    {
        foreach (var field in (ReadOnlySpan<Fields>)[Fields.Title, Fields.Abstract])
        {
            if (term.Stem is { } stem)
            {
                var stems = CollectionsMarshal.AsSpan(paper.Stems(field));
                for (var at = 0; at < stems.Length; at++)
                {
                    if (stems[at][0] == stem[0] && stems[at] == stem)
                    {
                        found.Add(new Occurrence(field, at, at));
                    }
                }

                continue;
            }

            var text = paper.Words(field);
            var words = CollectionsMarshal.AsSpan(text);
            for (var first = 0; first < words.Length; first++)
            {
                // Nearly all words differ in the first letter already.
                if (words[first].Folded[0] == term.Key[0] && EndOf(term, text, first) is var last && last >= 0)
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
