using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>
/// The words of one language in which somebody may say that the mails shall stop. A sentence says so only if every word of it is known here
/// and one of them is a verb: "please stop sending this change" has a word too many.
/// </summary>
internal sealed class Vocabulary
{
    private const int LongestPhrase = 24;
    private readonly HashSet<string> verbs;
    private readonly HashSet<string> fillers;

    private Vocabulary(string language, WordTable table)
    {
        Language = language;
        verbs = Phrases(table.Section($"{language} verbs"));
        fillers = Phrases(table.Section($"{language} fillers"));
    }

    public static IReadOnlyList<Vocabulary> All { get; } = Read();

    public string Language { get; }

    public SentenceMeaning Understand(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return SentenceMeaning.Polite;
        if (words.Count > 60)
            return SentenceMeaning.Unknown;
        // reached[i]: how the first i words can be read; bit 1 without a verb, bit 2 with one.
        var reached = new int[words.Count + 1];
        reached[0] = 1;
        for (var from = 0; from < words.Count; from++)
        {
            if (reached[from] == 0)
                continue;
            for (var to = from + 1; to <= Math.Min(words.Count, from + LongestPhrase); to++)
            {
                var phrase = to == from + 1 ? words[from] : string.Join(' ', words.Skip(from).Take(to - from));
                if (fillers.Contains(phrase))
                    reached[to] |= reached[from];
                if (verbs.Contains(phrase) || (to == from + 1 && IsMisspelt(phrase)))
                    reached[to] |= 2;
            }
        }
        return (reached[^1] & 2) != 0 ? SentenceMeaning.Stop : reached[^1] != 0 ? SentenceMeaning.Polite : SentenceMeaning.Unknown;
    }

    public bool IsVerb(string word) => verbs.Contains(word) || IsMisspelt(word);

    /// <summary>Long words may have two slips, but begin as they should: "subscribe" is no slip of "unsubscribe".</summary>
    private bool IsMisspelt(string word) =>
        word.Length >= 8 && word.Length <= 24 && verbs.Any(verb => verb.Length >= 9 && !verb.Contains(' ', StringComparison.Ordinal) && verb.AsSpan(0, 2).SequenceEqual(word.AsSpan(0, 2)) && Misspelling.Distance(verb, word) <= 2);

    private static HashSet<string> Phrases(IEnumerable<string> entries) => new(entries.SelectMany(entry => entry.Split('|')).Select(entry => string.Join(' ', FoldedText.Words(entry))), StringComparer.Ordinal);

    private static IReadOnlyList<Vocabulary> Read()
    {
        var table = WordTable.Load("unsubscribe");
        return [.. table.Names.Where(name => name.EndsWith(" verbs", StringComparison.Ordinal)).Select(name => new Vocabulary(name.Split(' ')[0], table))];
    }
}

/// <summary>What one sentence says.</summary>
internal enum SentenceMeaning
{
    Unknown,

    /// <summary>Greeting, thanks, please: changes nothing.</summary>
    Polite,

    /// <summary>The mails shall stop.</summary>
    Stop,
}
