using System.Runtime.InteropServices;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Language;

/// <summary>Turns text without operators into what is looked for.</summary>
internal static class PlainWords
{
    /// <summary>Null where the text holds no word that tells anything.</summary>
    public static Query? Of(string text, Fields fields)
    {
        var all = new List<Word>();
        List<int>? beginnings = null;
        var wildcardInside = false;
        var wildcard = false;
        foreach (var chunk in text.Replace("(s)", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var isPrefix = IsPrefix(chunk);
            var first = all.Count;
            Read(chunk, isPrefix, all);
            if (all.Count == first)
            {
                continue;
            }

            wildcardInside |= wildcard;
            wildcard = isPrefix;
            all[first] = all[first] with { Gap = Gap.Space };
            if (isPrefix)
            {
                (beginnings ??= []).Add(all.Count - 1);
            }
        }

        if (all.Count == 0)
        {
            return null;
        }

        var words = CollectionsMarshal.AsSpan(all);
        var keepCase = !IsShouted(words);
        var units = Units(words, beginnings, keepCase);
        var content = Content(units);
        if (content.Count >= Query.Plain.Description)
        {
            content = [.. content.Select(unit => unit.Loosely()).DistinctBy(unit => unit.Stem ?? unit.Key)];
        }

        if (wildcardInside)
        {
            return new Query.Plain(null, content.Count > 0 ? content : units, fields);
        }

        if (content.Count == 1 && OnlyLeadingFunctionWords(units))
        {
            return new Query.Phrase(content[0], fields);
        }

        var whole = new Term(words, wildcard, keepCase);
        return content.Count switch
        {
            // "A" or "of the" stands in every text; "CAN" and "IT" are names.
            0 when whole.Cased is null => null,
            0 or 1 => new Query.Phrase(whole, fields),
            _ => new Query.Plain(whole, content, fields),
        };
    }

    /// <summary>An exact phrase; null where the text holds no word.</summary>
    public static Term? Phrase(string text)
    {
        var isPrefix = IsPrefix(text);
        var words = new List<Word>();
        Read(text, isPrefix, words);
        return words.Count == 0 ? null : new Term(words, isPrefix, !IsShouted(CollectionsMarshal.AsSpan(words)));
    }

    /// <summary><c>quantiz*</c>: a star after at least two letters.</summary>
    public static bool IsPrefix(string chunk) => chunk.Length > 2 && chunk[^1] == '*' && char.IsLetterOrDigit(chunk[^2]);

    private static void Read(string text, bool isPrefix, List<Word> into)
    {
        var first = into.Count;
        WordReader.Read(text, into);
        if (isPrefix && into.Count > first)
        {
            into[^1] = WordReader.Read(text, singular: false)[^1];
        }
    }

    /// <summary>"GPT-4," is one unit; "vision,language" is two; each Chinese, Japanese or Korean run is one.</summary>
    /// <param name="beginnings">The places of the words that are only a beginning.</param>
    private static List<Term> Units(ReadOnlySpan<Word> words, List<int>? beginnings, bool keepCase)
    {
        var units = new List<Term>(words.Length);
        for (var start = 0; start < words.Length;)
        {
            var end = start + 1;
            while (end < words.Length && words[end].Gap == Gap.Hyphen)
            {
                end++;
            }

            units.Add(new Term(words[start..end], beginnings is not null && beginnings.Contains(end - 1), keepCase));
            start = end;
        }

        return units;
    }

    /// <summary>The units that carry subject, each once. By hand, as all of this: every line is new on a service's first day.</summary>
    private static List<Term> Content(List<Term> units)
    {
        var content = new List<Term>(units.Count);
        foreach (var unit in units)
        {
            if (!(unit.WordCount == 1 && FunctionWords.Contains(unit.Key)) && !Holds(content, unit.Key))
            {
                content.Add(unit);
            }
        }

        return content;
    }

    private static bool Holds(List<Term> units, string key)
    {
        foreach (var unit in units)
        {
            if (unit.Key == key)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A whole line in capitals says nothing about acronyms.</summary>
    private static bool IsShouted(ReadOnlySpan<Word> words)
    {
        var anyLong = false;
        foreach (ref readonly var word in words)
        {
            var (lower, upper) = (0, 0);
            foreach (var letter in word.Cased)
            {
                lower += char.IsLower(letter) ? 1 : 0;
                upper += char.IsUpper(letter) ? 1 : 0;
            }

            if (lower > 0)
            {
                return false;
            }

            anyLong |= word.Cased.Length > 6 && upper == word.Cased.Length;
        }

        return words.Length > 1 && anyLong;
    }

    private static bool OnlyLeadingFunctionWords(List<Term> units) =>
        units.Count == 1 || (units.SkipLast(1).All(unit => unit.WordCount == 1 && FunctionWords.Contains(unit.Key)) && units[0].Key is "a" or "an" or "the");
}
