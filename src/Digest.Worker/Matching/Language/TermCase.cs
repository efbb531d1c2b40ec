using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>Which letters of a term keep their case.</summary>
internal static class TermCase
{
    /// <summary>The letters of the words that keep their case, NUL for the others; null where there is none. A compound counts as one word.</summary>
    public static string? Of(ReadOnlySpan<Word> words, int length)
    {
        char[]? cased = null;
        var offset = 0;
        for (var i = 0; i < words.Length;)
        {
            var next = i + 1;
            while (next < words.Length && words[next].Gap == Gap.Hyphen)
            {
                next++;
            }

            var compound = next == i + 1 ? words[i].Cased : string.Concat(words[i..next].ToArray().Select(word => word.Cased));
            var keeps = Acronyms.KeepsCase(compound);
            for (; i < next; i++)
            {
                if (keeps && words[i].Cased.Length == words[i].Folded.Length)
                {
                    cased ??= new char[length];
                    words[i].Cased.CopyTo(0, cased, offset, words[i].Cased.Length);
                }

                offset += words[i].Folded.Length;
            }
        }

        return cased is null ? null : new string(cased);
    }

    public static bool Fits(string cased, List<Word> text, int from, int to)
    {
        var offset = 0;
        for (var i = from; i <= to; i++)
        {
            var word = text[i];
            for (var j = 0; j < word.Folded.Length && offset + j < cased.Length; j++)
            {
                var wanted = cased[offset + j];
                if (wanted != '\0' && (j >= word.Cased.Length || word.Cased[j] != wanted))
                {
                    return false;
                }
            }

            offset += word.Folded.Length;
        }

        return true;
    }
}
