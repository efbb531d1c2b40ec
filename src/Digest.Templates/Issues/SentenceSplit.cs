namespace Digest.Templates.Issues;

/// <summary>Cuts an abstract at its sentences, well enough that "e.g.", "et al.", "Fig. 3", initials and 3.5 do not end one.</summary>
internal static class SentenceSplit
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "e.g", "i.e", "al", "cf", "vs", "fig", "figs", "eq", "eqs", "ref", "refs", "sec", "resp", "approx", "ca", "viz", "dr", "prof",
        "mr", "mrs", "ms", "st", "no", "nos", "vol", "pp", "dept", "inc", "ltd", "w.r.t", "a.k.a", "etc", "tab", "thm", "prop", "def", "lem",
    };

    /// <summary>The sentences as stretches of <paramref name="text"/>, without the space between them.</summary>
    public static List<Range> Split(string text)
    {
        var sentences = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = EndsAt(text, start, i);
            if (end < 0)
                continue;
            Add(sentences, text, start, end);
            start = i = end;
            i--;
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    private static void Add(List<Range> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (end > start)
            sentences.Add(start..end);
    }

    // The position after the sentence whose closing mark stands at i, or -1.
    private static int EndsAt(string text, int start, int i)
    {
        if (text[i] is '。' or '！' or '？')
            return i + 1;
        if (text[i] is not ('.' or '!' or '?'))
            return -1;
        var end = i + 1;
        while (end < text.Length && text[end] is '"' or '”' or '’' or ')' or ']' or '.' or '!' or '?')
            end++;
        if (end < text.Length && !char.IsWhiteSpace(text[end]))
            return -1;
        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '“' or '‘' or '(' or '['))
            next++;
        if (next < text.Length && char.IsLower(text[next]))
            return -1;
        return text[i] == '.' && next < text.Length && IsAbbreviation(text, start, i) ? -1 : end;
    }

    private static bool IsAbbreviation(string text, int start, int dot)
    {
        var from = dot;
        while (from > start && (char.IsLetter(text[from - 1]) || text[from - 1] == '.'))
            from--;
        var word = text[from..dot];
        return word.Length == 1 && char.IsUpper(word[0]) && word != "I" || word.Length > 0 && Abbreviations.Contains(word) && word != "etc";
    }
}
