using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>Whether a whole text says that the mails shall stop, and nothing else but courtesies and a name.</summary>
internal static partial class StopWish
{
    private const int Longest = 600;
    private const int SignatureLines = 4;
    private const int LongWord = 8;
    private const int MostReasons = 8;

    /// <summary>The language in which it is said; null when it is not.</summary>
    public static string? Find(string text)
    {
        if (text.Length is 0 or > Longest)
            return null;
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count > 0 && IsListCommand(lines[0]) && lines.Skip(1).All(line => line is "end" or "quit" || IsNameLike(line)))
            return "en";
        for (var dropped = 0; dropped <= SignatureLines && lines.Count > 0; dropped++)
        {
            var sentences = SentencesAndLines().Matches(string.Join('\n', lines)).Select(match => match.Value.Trim()).ToList();
            var joined = Sentences().Matches(string.Join(' ', lines)).Select(match => match.Value.Trim()).ToList();
            foreach (var vocabulary in Vocabulary.All)
                if (Says(vocabulary, sentences) || Says(vocabulary, joined) || SaysWithReasons(vocabulary, sentences) || SaysWithReasons(vocabulary, joined))
                    return vocabulary.Language;
            if (lines.Count == 1 || !IsNameLike(lines[^1]))
                return null;
            lines.RemoveAt(lines.Count - 1);
        }
        return null;
    }

    private static bool Says(Vocabulary vocabulary, List<string> sentences)
    {
        var stops = false;
        for (var at = 0; at < sentences.Count; at++)
        {
            var meaning = Understand(vocabulary, sentences[at]);
            if (meaning == SentenceMeaning.Unknown && !IsGreeting(sentences[at]) && !IsNameAfterThanks(vocabulary, sentences, at))
                return false;
            stops |= meaning == SentenceMeaning.Stop;
        }
        return stops;
    }

    /// <summary>"I have changed jobs, please unsubscribe me": a wish that stands whole beside its reason, where nothing takes it back.</summary>
    private static bool SaysWithReasons(Vocabulary vocabulary, List<string> sentences)
    {
        if (sentences.Count > MostReasons || sentences.Any(sentence => NotOwn().IsMatch(sentence)))
            return false;
        var wish = false;
        foreach (var sentence in sentences)
        {
            var words = FoldedText.Words(sentence);
            if (Understand(vocabulary, sentence) == SentenceMeaning.Stop)
                wish |= vocabulary.IsSure(words);
            else if (vocabulary.Doubts(words) && !IsHowTo(sentence))
                return false;
        }
        return wish;
    }

    private static SentenceMeaning Understand(Vocabulary vocabulary, string sentence) =>
        vocabulary.Understand(FoldedText.Words(sentence), isQuestion: sentence.AsSpan().IndexOfAny('?', '？', '؟') >= 0);

    /// <summary>"How do I unsubscribe?" beside a wish is impatience.</summary>
    private static bool IsHowTo(string sentence) => FoldedText.Words(sentence) is ["how", "do" or "can", "i", _, ..];

    /// <summary>"Thank you. Sarah"</summary>
    private static bool IsNameAfterThanks(Vocabulary vocabulary, List<string> sentences, int at) =>
        at > 0 && at == sentences.Count - 1 && FoldedText.Words(sentences[at]).Count <= 3 && IsNameLike(sentences[at])
        && FoldedText.Words(sentences[at - 1]).Count > 0 && Understand(vocabulary, sentences[at - 1]) == SentenceMeaning.Polite;

    /// <summary>"unsubscribe LIST" as list servers take it. An address there may be somebody else's: not a wish that we understand.</summary>
    private static bool IsListCommand(string line) => ListCommand().Match(FoldedText.Fold(line)) is { Success: true } match && IsExplicit(match.Groups[1].Value);

    /// <summary>A word that means nothing else, such as "unsubscribe"; "stop" and "cancel" may be about anything.</summary>
    public static bool IsExplicit(string text) => FoldedText.Words(text).Any(word => word.Length >= LongWord && Vocabulary.All.Any(vocabulary => vocabulary.IsVerb(word)));

    private static bool IsGreeting(string sentence) => FoldedText.Words(sentence) is { Count: > 0 and <= 5 } words && Greeting().IsMatch(words[0]);

    /// <summary>A line of a signature: a few words that begin with a capital or a number, a closing, an address.</summary>
    private static bool IsNameLike(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= 5 && line.Length <= 60 && words.All(word => char.IsUpper(word[0]) || !char.IsLetter(word[0]) || word.Length <= 3 || word.Contains('@', StringComparison.Ordinal) || FoldedText.IsAlone(word[0]));
    }

    [GeneratedRegex(@"[^.!?;,:。！？；，、：…؟\n]+[.!?;,:。！？；，、：…؟]*", RegexOptions.NonBacktracking)]
    private static partial Regex SentencesAndLines();

    [GeneratedRegex(@"[^.!?;,:。！？；，、：…؟]+[.!?;,:。！？；，、：…؟]*", RegexOptions.NonBacktracking)]
    private static partial Regex Sentences();

    /// <summary>What others said, or where it is said: quotation marks, links, addresses.</summary>
    [GeneratedRegex(@"[""“”„«»「」『』<>@|]|https?|www", RegexOptions.NonBacktracking)]
    private static partial Regex NotOwn();

    [GeneratedRegex(@"^\W*([a-z]{5,20})\s+<?([a-z0-9_.]+-[a-z0-9_.-]+)>?\W*$", RegexOptions.NonBacktracking)]
    private static partial Regex ListCommand();

    [GeneratedRegex(@"^(?:dear|hi|hello|hey|good|sehr|liebe|lieber|hallo|guten|bonjour|cher|chere|madame|monsieur|hola|estimado|estimada|estimados|buenos|buenas|ola|caro|cara|ciao|salve|beste|geachte|hej|hei|witam|dzien|уважаемые|уважаемый|здравствуйте|добрый)$")]
    private static partial Regex Greeting();
}
