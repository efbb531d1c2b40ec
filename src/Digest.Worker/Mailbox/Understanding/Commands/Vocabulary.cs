using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>
/// The words of one language in which somebody may say that the mails shall stop. A sentence says so only if every word of it is known here
/// and one of them is a verb: "please stop sending this change" has a word too many.
/// </summary>
internal sealed class Vocabulary
{
    private const int LongestPhrase = 24;
    private const int LongestSentence = 60;
    private readonly HashSet<string> verbs;
    private readonly HashSet<string> fillers;
    private readonly HashSet<string> open;
    private readonly HashSet<string> links;
    private readonly HashSet<string> asks;
    private readonly HashSet<string> vague;
    private readonly HashSet<string> sure;
    private readonly HashSet<string> doubts;
    private readonly HashSet<string> others;

    private Vocabulary(string language, WordTable table)
    {
        Language = language;
        verbs = Phrases(table.Section($"{language} verbs"));
        fillers = Phrases(table.Section($"{language} fillers"));
        open = Phrases(table.Section($"{language} open"));
        links = Phrases(table.Section($"{language} links"));
        asks = Phrases(table.Section($"{language} asks"));
        vague = Phrases(table.Section($"{language} vague"));
        sure = Phrases(table.Section($"{language} sure"));
        doubts = Phrases(table.Section($"{language} doubts"));
        others = Phrases(table.Section($"{language} others"));
    }

    public static IReadOnlyList<Vocabulary> All { get; } = Read();

    public string Language { get; }

    /// <param name="isQuestion">"Could you remove me?" is a wish; "shall I unsubscribe?" is none.</param>
    public SentenceMeaning Understand(IReadOnlyList<string> words, bool isQuestion = false)
    {
        if (words.Count == 0)
            return SentenceMeaning.Polite;
        if (words.Count > LongestSentence)
            return SentenceMeaning.Unknown;
        if (vague.Count > 0 && vague.Contains(WithoutCourtesies(words)))
            return SentenceMeaning.Polite;
        var said = Read(words);
        if ((said & Said.Wish) == 0)
            return said == 0 ? SentenceMeaning.Unknown : SentenceMeaning.Polite;
        return isQuestion && !Holds(words, asks) ? SentenceMeaning.Unknown : SentenceMeaning.Stop;
    }

    /// <summary>The sentence can mean nothing else, so that reasons may stand beside it.</summary>
    public bool IsSure(IReadOnlyList<string> words) => Holds(words, sure);

    /// <summary>The sentence takes back what stands beside it, or speaks of stopping in words that are not understood.</summary>
    public bool Doubts(IReadOnlyList<string> words) => Holds(words, doubts) || words.Any(word => word.Length >= 8 && IsVerb(word));

    public bool IsVerb(string word) => verbs.Contains(word) || IsMisspelt(word);

    /// <summary>How the whole sentence can be read, phrase by phrase.</summary>
    private Said Read(IReadOnlyList<string> words)
    {
        var reached = new Said[words.Count + 1];
        reached[0] = Said.Nothing;
        for (var from = 0; from < words.Count; from++)
            for (var to = from + 1; reached[from] != 0 && to <= Math.Min(words.Count, from + LongestPhrase); to++)
                reached[to] |= After(reached[from], to == from + 1 ? words[from] : Phrase(words, from, to), isWord: to == from + 1);
        return reached[^1];
    }

    private Said After(Said before, string phrase, bool isWord)
    {
        var after = Said.None;
        if (fillers.Contains(phrase))
            after |= open.Contains(phrase) ? Opened(before) : links.Contains(phrase) ? before : Closed(before);
        else if (open.Contains(phrase) && !verbs.Contains(phrase))
            after |= Opened(before);
        if (verbs.Contains(phrase) || (isWord && IsMisspelt(phrase)))
            after |= (before & (Said.Nothing | Said.Stop)) == 0 ? Said.None : open.Contains(phrase) ? Said.StopButOpen : Said.Stop;
        return after;
    }

    private static Said Opened(Said before) => (before & (Said.Nothing | Said.Not)) != 0 ? Said.Not : before;

    private static Said Closed(Said before) =>
        (before & (Said.Nothing | Said.Not)) | ((before & Said.Wish) != 0 ? Said.Stop : Said.None);

    private string WithoutCourtesies(IReadOnlyList<string> words) => string.Join(' ', words.Where(word => !asks.Contains(word) && word is not ("thanks" or "thank" or "you" or "pls" or "kindly" or "can" or "could" or "just")));

    private static bool Holds(IReadOnlyList<string> words, HashSet<string> phrases)
    {
        for (var from = 0; phrases.Count > 0 && from < words.Count; from++)
            for (var to = from + 1; to <= Math.Min(words.Count, from + 9); to++)
                if (phrases.Contains(Phrase(words, from, to)))
                    return true;
        return false;
    }

    private static string Phrase(IReadOnlyList<string> words, int from, int to) => string.Join(' ', words.Skip(from).Take(to - from));

    /// <summary>Long words may have two slips, but begin as they should: "subscribe" is no slip of "unsubscribe".</summary>
    private bool IsMisspelt(string word) =>
        word.Length >= 8 && word.Length <= 24 && !others.Contains(word) && verbs.Any(verb => verb.Length >= 9 && !verb.Contains(' ', StringComparison.Ordinal) && verb.AsSpan(0, 2).SequenceEqual(word.AsSpan(0, 2)) && Misspelling.Distance(verb, word) <= 2);

    private static HashSet<string> Phrases(IEnumerable<string> entries) => new(entries.SelectMany(entry => entry.Split('|')).Select(entry => string.Join(' ', FoldedText.Words(entry))), StringComparer.Ordinal);

    private static IReadOnlyList<Vocabulary> Read()
    {
        var table = WordTable.Load("unsubscribe");
        return [.. table.Names.Where(name => name.EndsWith(" verbs", StringComparison.Ordinal)).Select(name => new Vocabulary(name.Split(' ')[0], table))];
    }

    /// <summary>What the words up to a place have said; several where they can be read in several ways.</summary>
    [Flags]
    private enum Said
    {
        None = 0,
        Nothing = 1,

        /// <summary>That the mails shall stop.</summary>
        Stop = 2,

        /// <summary>The same by a "not" ("do not want"), which a verb would turn round.</summary>
        StopButOpen = 4,

        /// <summary>A bare "not", which turns round whatever verb follows.</summary>
        Not = 8,
        Wish = Stop | StopButOpen,
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
