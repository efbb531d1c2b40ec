using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>Sentences: "and", "or" and "not" in them are grammar, not operators, and parentheses are punctuation.</summary>
internal static class Prose
{
    private const int FewestWords = 8;
    private const int FewestFunctionWords = 2;

    /// <summary>Long, with the small words of a sentence, and without anything that only the language has.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        var (words, functionWords) = (0, 0);
        foreach (var range in text.Split(' '))
        {
            var word = text[range].Trim(".,;:!?()");
            var colon = word.IndexOf(':');
            if (word is "AND" or "OR" or "NOT" or "ANDNOT" || word.ContainsAny("\"“”^~") || (colon > 0 && FieldNames.Contains(word[..colon]))
                || (word.Length > 1 && word[0] == '-'))
            {
                return false;
            }

            words += word.IsEmpty ? 0 : 1;
            functionWords += word is not ("and" or "or" or "not") && FunctionWords.Contains(word) ? 1 : 0;
        }

        return words >= FewestWords && functionWords >= FewestFunctionWords;
    }
}
