using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>Turns text without operators into what is looked for.</summary>
internal static class PlainWords
{
    /// <summary>Null where the text holds no word that tells anything.</summary>
    public static Query? Of(string text, Fields fields)
    {
        var chunks = new List<(List<Word> Words, bool IsPrefix)>();
        var all = new List<Word>();
        var wildcardInside = false;
        var wildcard = false;
        foreach (var chunk in text.Replace("(s)", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var isPrefix = IsPrefix(chunk);
            var words = Read(chunk, isPrefix);
            if (words.Count == 0)
            {
                continue;
            }

            wildcardInside |= wildcard;
            wildcard = isPrefix;
            words[0] = words[0] with { Gap = Gap.Space };
            chunks.Add((words, isPrefix));
            all.AddRange(words);
        }

        if (all.Count == 0)
        {
            return null;
        }

        var keepCase = !IsShouted(all);
        var units = chunks.SelectMany(chunk => Units(chunk.Words, chunk.IsPrefix, keepCase)).ToList();
        var whole = wildcardInside ? null : new Term(all, wildcard, keepCase);
        var content = units.Where(unit => !(unit.WordCount == 1 && FunctionWords.Contains(unit.Key))).DistinctBy(unit => unit.Key).ToList();
        if (content.Count >= Query.Plain.Description)
        {
            content = [.. content.Select(unit => unit.Loosely()).DistinctBy(unit => unit.Stem ?? unit.Key)];
        }

        return content.Count switch
        {
            _ when whole is null => new Query.Plain(null, content.Count > 0 ? content : units, fields),
            // "A" or "of the" stands in every text; "CAN" and "IT" are names.
            0 when whole.Cased is null => null,
            0 => new Query.Phrase(whole, fields),
            1 when OnlyLeadingFunctionWords(units) => new Query.Phrase(content[0], fields),
            1 => new Query.Phrase(whole, fields),
            _ => new Query.Plain(whole, content, fields),
        };
    }

    /// <summary>An exact phrase; null where the text holds no word.</summary>
    public static Term? Phrase(string text)
    {
        var isPrefix = IsPrefix(text);
        var words = Read(text, isPrefix);
        return words.Count == 0 ? null : new Term(words, isPrefix, !IsShouted(words));
    }

    /// <summary><c>quantiz*</c>: a star after at least two letters.</summary>
    public static bool IsPrefix(string chunk) => chunk.Length > 2 && chunk[^1] == '*' && char.IsLetterOrDigit(chunk[^2]);

    private static List<Word> Read(string text, bool isPrefix)
    {
        var words = WordReader.Read(text);
        if (isPrefix && words.Count > 0)
        {
            words[^1] = WordReader.Read(text, singular: false)[^1];
        }

        return words;
    }

    /// <summary>"GPT-4," is one unit; "vision,language" is two; each Chinese, Japanese or Korean run is one.</summary>
    private static IEnumerable<Term> Units(List<Word> words, bool isPrefix, bool keepCase)
    {
        for (var start = 0; start < words.Count;)
        {
            var end = start + 1;
            while (end < words.Count && words[end].Gap == Gap.Hyphen)
            {
                end++;
            }

            yield return new Term(words.GetRange(start, end - start), isPrefix && end == words.Count, keepCase);
            start = end;
        }
    }

    /// <summary>A whole line in capitals says nothing about acronyms.</summary>
    private static bool IsShouted(List<Word> words) =>
        words.Count > 1 && words.All(word => !word.Cased.Any(char.IsLower)) && words.Any(word => word.Cased.Length > 6 && word.Cased.All(char.IsUpper));

    private static bool OnlyLeadingFunctionWords(List<Term> units) =>
        units.Count > 0 && units.SkipLast(1).All(unit => unit.WordCount == 1 && FunctionWords.Contains(unit.Key))
        && units[0].Key is "a" or "an" or "the" || units.Count == 1;
}
