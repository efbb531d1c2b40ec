using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>Finds one term in one paper by reading it through.</summary>
internal static class TermFinder
{
    public static List<Occurrence> Find(Term term, PaperReading paper, Fields fields)
    {
        var found = new List<Occurrence>();
        foreach (var field in (ReadOnlySpan<Fields>)[Fields.Title, Fields.Abstract])
        {
            if (!fields.HasFlag(field))
            {
                continue;
            }

            var text = paper.Words(field);
            var stems = term.Stem is null ? [] : paper.Stems(field);
            for (var first = 0; first < text.Count; first++)
            {
                var last = term.Stem is null ? EndOf(term, text, first) : stems[first] == term.Stem ? first : -1;
                if (last >= 0 && (term.Stem is not null || term.Fits(text, first, last)))
                {
                    found.Add(new Occurrence(field, first, last));
                }
            }
        }

        return found;
    }

    /// <summary>The word at which the joined letters from <paramref name="first"/> on become the key; -1 where they do not.</summary>
    private static int EndOf(Term term, List<Word> text, int first)
    {
        var rest = term.Key.AsSpan();
        for (var at = first; at < text.Count; at++)
        {
            var word = text[at].Folded.AsSpan();
            if (word.Length >= rest.Length)
            {
                var fits = term.IsPrefix ? word.StartsWith(rest) : word.SequenceEqual(rest);
                return fits ? at : -1;
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
